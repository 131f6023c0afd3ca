#include <manifest/line.h>
#include <reg/columns.h>
#include <reg/predicate.h>
#include <reg/text.h>
#include <select/inside_view.h>
#include <text/json_text.h>
#include <algorithm>

namespace reg {
namespace {

bool has(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_key(std::string_view name) {
  return name == "registry" || name == "oid" || name == "target";
}

// The names of a path; of what is none, the text itself.
std::vector<std::string> names_in(const std::string& text) {
  try {
    return parse_path(text);
  } catch (const PredicateError&) {
    return {text};
  }
}

Json part_of(const std::string& name, const SymbolKey& key) {
  return name == "registry" ? key.registry : name == "oid" ? key.oid : key.target;
}

Json builtin_value(const std::string& name, const Symbol& symbol) {
  if (is_key(name)) return part_of(name, {symbol.registry, symbol.oid, symbol.target});
  if (name == "select") return symbol.select ? Json(*symbol.select) : Json();
  if (name == "doc") return symbol.doc.empty() ? Json() : Json(symbol.doc);
  return symbol.source.to_string();
}

// A part of the place of the declaration.
Json place_part(const std::string& name, const Place& place) {
  if (name == "path") return place.path;
  const std::uint32_t number = name == "line" ? place.line : place.column;
  return number == 0 ? Json() : Json(number);
}

bool is_place_part(const std::vector<std::string>& path) {
  return path.size() == 2 && path[0] == "source" &&
         (path[1] == "path" || path[1] == "line" || path[1] == "column");
}

// Whether values of that type may have what the path asks for.
bool may_have(FieldType type, const std::vector<std::string>& path) {
  return path.size() == 1 || type == FieldType::Any || type == FieldType::Object;
}

// Reads the one member.
Json field_in(const SymbolView& symbol, const std::string& name) {
  const CacheFile& file = InsideView::file(symbol);
  const auto info = info_onward(InsideView::line(symbol));
  if (!info) file.broken("a symbol does not begin as it must");
  Json value;
  if (info->empty()) return value;
  const std::string key = escaped_text(name);
  const bool whole = each_info_member(*info, [&](const InfoMember& member) {
    if (member.key != key) return true;
    value = file.parsed(member.value);
    return false;
  });
  if (!whole) file.broken("a symbol is not laid out as it must be");
  return value;
}

Json inside(Json value, const std::vector<std::string>& path) {
  for (std::size_t at = 1; at < path.size(); ++at) {
    const auto member = value.is_object() ? value.find(path[at]) : value.end();
    if (member == value.end()) return {};
    Json inner = std::move(*member);
    value = std::move(inner);
  }
  return value;
}

}  // namespace

const std::vector<std::string>& symbol_columns() {
  static const std::vector<std::string> names = {"registry", "oid", "target",
                                                 "select",   "doc", "source"};
  return names;
}

std::vector<std::string> column_names(const std::vector<RegistryInfo>& registries) {
  std::vector<std::string> names = symbol_columns();
  for (const RegistryInfo& registry : registries) {
    for (const Field& field : registry.fields) {
      if (!has(names, field.name)) names.push_back(field.name);
    }
  }
  return names;
}

Column::Column(std::string name, const std::vector<RegistryInfo>& registries)
    : name_(std::move(name)) {
  if (take({name_}, registries)) return;
  std::vector<std::string> path = names_in(name_);
  if (take(path, registries)) return;
  if (path.size() > 1 && path.front() == "info") path.erase(path.begin());
  if (path.size() < names_in(name_).size() && take(path, registries) && !declared_in_.empty())
    return;
  const std::vector<std::string> known = column_names(registries);
  if (has(known, path.front())) {
    throw UsageError("there is no field " + in_quotes(name_),
                     in_quotes(path.front()) + " has no parts of that name");
  }
  const std::string near = did_you_mean(path.front(), known);
  throw UsageError("there is no field " + in_quotes(path.front()),
                   near.empty() ? "there are " + joined(known) : near);
}

bool Column::take(std::vector<std::string> path, const std::vector<RegistryInfo>& registries) {
  path_ = std::move(path);
  is_builtin_ = is_place_part(path_) || (path_.size() == 1 && has(symbol_columns(), path_[0]));
  declared_in_.clear();
  bool versions = true;
  for (const RegistryInfo& registry : registries) {
    const Field* field = registry.field(path_.front());
    if (field == nullptr || !may_have(field->type, path_)) continue;
    declared_in_.push_back(registry.name);
    versions = versions && field->type == FieldType::Version;
  }
  std::sort(declared_in_.begin(), declared_in_.end());
  is_version_ = versions && !declared_in_.empty() && path_.size() == 1;
  return is_builtin_ || !declared_in_.empty();
}

bool Column::is_field_of(const std::string& registry) const {
  return std::binary_search(declared_in_.begin(), declared_in_.end(), registry);
}

Json Column::value(const Symbol& symbol) const {
  const std::string& name = path_.front();
  if (is_builtin_ && !is_field_of(symbol.registry))
    return path_.size() == 1 ? builtin_value(name, symbol) : place_part(path_[1], symbol.source);
  return inside(symbol.field(name), path_);
}

Json Column::value(const SymbolView& symbol) const {
  const std::string& name = path_.front();
  if (!is_builtin_) return inside(field_in(symbol, name), path_);
  if (is_key(name)) return part_of(name, symbol.key());
  return value(symbol.symbol());
}

}  // namespace reg
