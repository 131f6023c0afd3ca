#include <reg/registry_store.h>
#include <reg/tables.h>
#include <reg/text.h>
#include <store/inside.h>
#include <store/text_table.h>
#include <algorithm>
#include <ostream>

namespace reg {
namespace {

using Names = std::vector<std::string>;

// `target` and `registry` cannot be fields.
bool is_field(const std::string& column) { return column != "target" && column != "registry"; }

Json value_of(const Symbol& symbol, const std::string& column) {
  if (column == "target") return symbol.target;
  if (column == "registry") return symbol.registry;
  return symbol.field(column);
}

std::vector<Json> values_of(const Symbol& symbol, const Names& columns) {
  std::vector<Json> values;
  values.reserve(columns.size());
  for (const std::string& column : columns) values.push_back(value_of(symbol, column));
  return values;
}

bool fits(const Names& patterns, const std::string& oid) {
  return patterns.empty() ||
         std::any_of(patterns.begin(), patterns.end(),
                     [&](const std::string& pattern) { return glob_match(pattern, oid); });
}

Names sorted_once(Names names) {
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

}  // namespace

Names filter(const Registry& registry, const Names& fields) {
  return filter(registry, fields, [](const std::vector<Json>& values) {
    return std::all_of(values.begin(), values.end(), truthy);
  });
}

Names filter(const Registry& registry, const Names& fields, const FilterFunction& passes) {
  for (const std::string& field : fields) Inside::of(registry).require_field(field);
  Names passed;
  for (std::string& oid : registry.oids()) {
    const std::vector<Symbol> symbols = registry.implementations(oid);
    if (std::any_of(symbols.begin(), symbols.end(),
                    [&](const Symbol& symbol) { return passes(values_of(symbol, fields)); }))
      passed.push_back(std::move(oid));
  }
  return passed;
}

std::string module_table(const Registry& registry, const ModuleTableOptions& options) {
  const Names& columns = options.select_info;
  for (const std::string& column : columns) {
    if (is_field(column)) Inside::of(registry).require_field(column);
  }
  Names header{registry.name()};
  header.insert(header.end(), columns.begin(), columns.end());
  std::vector<Names> rows;
  for (const std::string& oid :
       options.module_list.empty() ? registry.oids() : sorted_once(options.module_list)) {
    for (const Symbol& symbol : registry.require_implementations(oid)) {
      if (!fits(options.filter, oid)) continue;
      rows.push_back({oid});
      for (const Json& value : values_of(symbol, columns)) rows.back().push_back(cell_text(value));
    }
  }
  return text_table(header, rows);
}

std::ostream& operator<<(std::ostream& out, const Registry& registry) {
  return out << module_table(registry, {.select_info = {"target"}});
}

std::string registry_table(const RegistryStore& store) {
  std::vector<Names> rows;
  for (std::string& name : Inside::of(store).public_names()) rows.push_back({std::move(name)});
  return text_table({"REGISTRY"}, rows);
}

}  // namespace reg
