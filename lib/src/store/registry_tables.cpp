// Lists and tables of a registry.

#include <reg/registry.h>
#include <store/text_table.h>
#include <text/names.h>
#include <algorithm>

namespace reg {
namespace {

std::vector<Json> values_of(const Symbol& symbol, const std::vector<std::string>& fields) {
  std::vector<Json> values;
  values.reserve(fields.size());
  for (const std::string& field : fields) values.push_back(symbol.field(field));
  return values;
}

bool fits(const std::vector<std::string>& patterns, const std::string& oid) {
  return patterns.empty() ||
         std::any_of(patterns.begin(), patterns.end(),
                     [&](const std::string& pattern) { return glob_match(pattern, oid); });
}

std::vector<std::string> sorted_once(std::vector<std::string> names) {
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

}  // namespace

std::vector<std::string> Registry::filter(const std::vector<std::string>& fields) const {
  return filter(fields, [](const std::vector<Json>& values) {
    return std::all_of(values.begin(), values.end(), truthy);
  });
}

std::vector<std::string> Registry::filter(const std::vector<std::string>& fields,
                                          const FilterFunction& passes) const {
  for (const std::string& field : fields) require_field(field);
  std::vector<std::string> passed;
  for (const auto& [oid, entries] : entries_) {
    if (std::any_of(entries.begin(), entries.end(), [&](const Entry& entry) {
          return passes(values_of(entry.implementation.symbol, fields));
        }))
      passed.push_back(oid);
  }
  return passed;
}

std::string Registry::module_table(const ModuleTableOptions& options) const {
  for (const std::string& field : options.select_info) require_field(field);
  std::vector<std::string> header{name_};
  header.insert(header.end(), options.select_info.begin(), options.select_info.end());
  std::vector<std::vector<std::string>> rows;
  for (const std::string& oid :
       options.module_list.empty() ? oids() : sorted_once(options.module_list)) {
    for (const Symbol& symbol : require_implementations(oid)) {
      if (!fits(options.filter, oid)) continue;
      rows.push_back({oid});
      for (const Json& value : values_of(symbol, options.select_info))
        rows.back().push_back(cell_text(value));
    }
  }
  return text_table(header, rows);
}

}  // namespace reg
