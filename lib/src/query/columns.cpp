#include <manifest/line.h>
#include <predicate/origin.h>
#include <reg/columns.h>
#include <reg/predicate.h>
#include <reg/text.h>
#include <select/inside_view.h>
#include <text/json_text.h>
#include <text/some_of.h>
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

// What may have been meant by a name that is no column.
std::string hint_for(const std::string& name, const std::vector<std::string>& known) {
  if (name == "info") return "name a field of it, such as info." + known.back();
  if (std::string near = did_you_mean(name, known); !near.empty()) return near;
  try {
    const std::vector<std::string> path = parse_path(name);
    if (std::string near = did_you_mean(path.front(), known); !near.empty()) return near;
  } catch (const PredicateError& error) {
    if (!error.hint().empty()) return error.hint();
  }
  return "there are " + some_of(known);
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

// Reads the one member; nullopt: there is none.
std::optional<Json> member_in(const SymbolView& symbol, const std::string& name) {
  const CacheFile& file = InsideView::file(symbol);
  const auto info = info_onward(InsideView::line(symbol));
  if (!info) file.broken("a symbol does not begin as it must");
  std::optional<Json> value;
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

Json inside(Json value, std::span<const std::string> keys) {
  for (const std::string& key : keys) {
    const auto member = value.is_object() ? value.find(key) : value.end();
    if (member == value.end()) return {};
    Json inner = std::move(*member);
    value = std::move(inner);
  }
  return value;
}

// What is read of a symbol's info, with no more of it than that.
Json info_in(const SymbolView& symbol, const std::vector<std::string>& path) {
  const ast::InfoPath fact = ast::info_path(path);
  if (fact.member != path.front()) {
    if (auto value = member_in(symbol, fact.member)) return inside(std::move(*value), fact.below);
  }
  return inside(member_in(symbol, path.front()).value_or(Json()), std::span(path).subspan(1));
}

Json info_in(const Symbol& symbol, const std::vector<std::string>& path) {
  const Json* const value = ast::descend_info(symbol.info, path);
  return value == nullptr ? Json() : *value;
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

struct Column::State {
  State(std::string name, const std::vector<RegistryInfo>& registries);
  bool take(std::vector<std::string> names, const std::vector<RegistryInfo>& registries);
  bool is_field_of(const std::string& registry) const;

  std::string name;
  std::vector<std::string> path;         // the field or symbol column, then keys into objects
  bool is_builtin = false;               // one of `symbol_columns`
  bool is_of_origin = false;             // `origin`, which any registry's symbols may have
  std::vector<std::string> declared_in;  // the registries that have such a field
  bool is_version = false;
};

Column::State::State(std::string the_name, const std::vector<RegistryInfo>& registries)
    : name(std::move(the_name)) {
  if (take({name}, registries)) return;
  std::vector<std::string> names = names_in(name);
  if (take(names, registries)) return;
  if (names.size() > 1 && names.front() == "info") names.erase(names.begin());
  if (names.size() < names_in(name).size() && take(names, registries) &&
      (is_of_origin || !declared_in.empty()))
    return;
  std::vector<std::string> known = column_names(registries);
  if (!has(known, origin_field))
    known.emplace(known.begin() + static_cast<std::ptrdiff_t>(symbol_columns().size()),
                  origin_field);
  if (has(known, names.front())) {
    throw UsageError("there is no field " + in_quotes(name),
                     in_quotes(names.front()) + " has no parts of that name");
  }
  throw UsageError("there is no field " + in_quotes(names.front()), hint_for(name, known));
}

bool Column::State::take(std::vector<std::string> names,
                         const std::vector<RegistryInfo>& registries) {
  path = std::move(names);
  is_builtin = is_place_part(path) || (path.size() == 1 && has(symbol_columns(), path[0]));
  declared_in.clear();
  bool versions = true;
  for (const RegistryInfo& registry : registries) {
    const Field* field = registry.field(path.front());
    if (field == nullptr || !may_have(field->type, path)) continue;
    declared_in.push_back(registry.name);
    versions = versions && field->type == FieldType::Version;
  }
  std::sort(declared_in.begin(), declared_in.end());
  is_version = versions && !declared_in.empty() && path.size() == 1;
  is_of_origin = !registries.empty() && ast::is_of_origin(path);
  return is_builtin || is_of_origin || !declared_in.empty();
}

bool Column::State::is_field_of(const std::string& registry) const {
  return std::binary_search(declared_in.begin(), declared_in.end(), registry);
}

Column::Column(std::string name, const std::vector<RegistryInfo>& registries)
    : state_(std::make_shared<const State>(std::move(name), registries)) {}

const std::string& Column::name() const { return state_->name; }
bool Column::is_version() const { return state_->is_version; }

Json Column::value(const Symbol& symbol) const {
  const std::vector<std::string>& path = state_->path;
  if (state_->is_builtin && !state_->is_field_of(symbol.registry))
    return path.size() == 1 ? builtin_value(path[0], symbol) : place_part(path[1], symbol.source);
  return info_in(symbol, path);
}

Json Column::value(const SymbolView& symbol) const {
  const std::vector<std::string>& path = state_->path;
  if (!state_->is_builtin) return info_in(symbol, path);
  if (is_key(path.front())) return part_of(path.front(), symbol.key());
  return value(symbol.symbol());
}

}  // namespace reg
