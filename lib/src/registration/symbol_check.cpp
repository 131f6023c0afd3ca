#include <manifest/line.h>
#include <registration/symbol_check.h>
#include <text/json_text.h>
#include <text/names.h>
#include <algorithm>
#include <set>

namespace reg {
namespace {

bool accepts(FieldType declared, FieldType given) {
  return declared == FieldType::Any || given == FieldType::Any || declared == given ||
         (declared == FieldType::Number && given == FieldType::Int);
}

bool fits(const InfoShape& shape, const Catalog& catalog) {
  auto info = catalog.registries.find(shape.registry);
  return std::all_of(shape.fields.begin(), shape.fields.end(), [&](const auto& given) {
    const Field* field =
        info == catalog.registries.end() ? nullptr : info->second.field(given.first);
    return field != nullptr && accepts(field->type, given.second);
  });
}

bool same_fields(std::string_view registry, const Catalog& a, const Catalog& b) {
  auto in_a = a.registries.find(registry), in_b = b.registries.find(registry);
  if (in_a == a.registries.end() || in_b == b.registries.end()) return false;
  return in_a->second.fields == in_b->second.fields;
}

// Sources that were taken from the cache are known by what they were checked against.
bool fits_as_before(const Source& source, const Catalog& catalog, const Catalog& checked) {
  std::string_view last;
  for (const SymbolRecord& record : source.symbols) {
    if (record.registry == last) continue;
    last = record.registry;
    if (!same_fields(last, catalog, checked)) return false;
  }
  return true;
}

std::vector<std::string> field_names(const RegistryInfo& info) {
  std::vector<std::string> names;
  for (const Field& field : info.fields) names.push_back(field.name);
  return names;
}

Diagnostic unknown_field(const Place& place, const std::string& name, const RegistryInfo& info) {
  if (info.fields.empty()) {
    return error_at(
        place,
        "the registry \"" + info.name + "\" declares no fields, but info has \"" + name + "\"",
        "declare it: fields = [\"" + name + "\"] in [registries." + info.name + "]");
  }
  return error_at(place, "the registry \"" + info.name + "\" has no field \"" + name + "\"",
                  did_you_mean(name, field_names(info)));
}

const char* type_name(const Json& value) {
  if (value.is_number_integer()) return "int";
  if (value.is_number()) return "number";
  if (value.is_array()) return "list";
  return value.is_boolean() ? "bool" : value.type_name();
}

void check_select(const Source& source, const Place& place, const std::string& select,
                  const Catalog& catalog, std::vector<Diagnostic>& problems) {
  for (const PredicateCall& call : Predicate::parse(select).calls()) {
    auto problem = catalog.predicates.problem(call);
    if (!problem) continue;
    auto known = std::find_if(
        source.declarations->uses.begin(), source.declarations->uses.end(),
        [&](const PredicateUse& use) { return use.text == select && use.at.line == place.line; });
    Position at =
        known == source.declarations->uses.end() ? Position{place.line, place.column} : known->at;
    problems.push_back(error_in_predicate(place_in(source, at), *problem, select, call.offset));
  }
}

}  // namespace

void check_info(const Place& place, const Json& info, const RegistryInfo& registry,
                std::vector<Diagnostic>& problems) {
  for (const auto& [name, value] : info.items()) {
    const Field* field = registry.field(name);
    if (field == nullptr) {
      problems.push_back(unknown_field(place, name, registry));
    } else if (!holds(field->type, value)) {
      problems.push_back(error_at(place, "the field \"" + name + "\" of the registry \"" +
                                             registry.name + "\" is " + to_string(field->type) +
                                             ", but info has a " + type_name(value)));
    }
  }
}

bool passes_quickly(const Source& source, const Catalog& catalog, const Catalog& checked) {
  if (source.checked == Checked::Never) return false;
  const Declarations& declared = *source.declarations;
  bool uses_known = std::none_of(
      declared.uses.begin(), declared.uses.end(),
      [&](const PredicateUse& use) { return catalog.predicates.problem(use.call).has_value(); });
  if (!uses_known) return false;
  if (source.checked == Checked::Before) return fits_as_before(source, catalog, checked);
  return std::all_of(declared.shapes.begin(), declared.shapes.end(),
                     [&](const InfoShape& shape) { return fits(shape, catalog); });
}

std::vector<Diagnostic> check_symbol(const Source& source, const SymbolRecord& record,
                                     const Catalog& catalog) {
  std::vector<Diagnostic> problems;
  auto text = split_line(record.line);
  auto registry = catalog.registries.find(record.registry);
  if (!text || registry == catalog.registries.end()) return problems;
  Place place = place_in(source, record.at);
  if (!text->info.empty()) check_info(place, Json::parse(text->info), registry->second, problems);
  if (!text->select.empty()) check_select(source, place, unescape(text->select), catalog, problems);
  return problems;
}

}  // namespace reg
