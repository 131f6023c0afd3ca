#include <manifest/line.h>
#include <update/declarations_json.h>
#include <update/saved.h>

namespace reg {
namespace {

Json to_json(Position at) { return {at.line, at.column}; }

Position position_from(const Node& saved) {
  return {small_at(item(saved, 0)), small_at(item(saved, 1))};
}

std::optional<std::string> optional_from(const Node& saved) {
  if (saved.as<Null>() != nullptr) return std::nullopt;
  return string_at(saved);
}

FieldType type_from(const Node& saved) {
  return field_type_from(text_at(saved)).value_or(FieldType::Any);
}

Json to_json(const RegistryDeclaration& declared) {
  Json fields = Json::array();
  for (const DeclaredField& one : declared.fields)
    fields.push_back({one.field.name, to_string(one.field.type), to_json(one.at)});
  Json context = Json::array();
  for (const DeclaredFact& one : declared.context) {
    context.push_back(
        {one.fact.path, to_string(one.fact.type), one.fact.values, one.fact.doc, to_json(one.at)});
  }
  return {{"name", declared.name},
          {"at", to_json(declared.at)},
          {"doc", declared.doc},
          {"fields", std::move(fields)},
          {"context", std::move(context)},
          {"select", declared.select ? Json(*declared.select) : Json()},
          {"select_at", to_json(declared.select_at)},
          {"select_failed", declared.select_failed}};
}

RegistryDeclaration registry_from(const Node& saved) {
  RegistryDeclaration declared;
  declared.name = string_at(member(saved, "name"));
  declared.at = position_from(member(saved, "at"));
  declared.doc = string_at(member(saved, "doc"));
  for (const Node& field : items_in(saved, "fields")) {
    declared.fields.push_back(
        {{string_at(item(field, 0)), type_from(item(field, 1))}, position_from(item(field, 2))});
  }
  for (const Node& fact : items_in(saved, "context")) {
    std::vector<Json> values;
    for (const Node& value : items_of(item(fact, 2))) values.push_back(to_json(value));
    declared.context.push_back({{string_at(item(fact, 0)), type_from(item(fact, 1)),
                                 std::move(values), string_at(item(fact, 3))},
                                position_from(item(fact, 4))});
  }
  declared.select = optional_from(member(saved, "select"));
  declared.select_at = position_from(member(saved, "select_at"));
  declared.select_failed = flag_at(member(saved, "select_failed"));
  return declared;
}

Json to_json(const PredicateNamed& named) {
  const PredicateDefinition& definition = named.definition;
  return {{"name", named.name},
          {"at", to_json(named.at)},
          {"params", definition.params},
          {"expr", definition.expr ? Json(definition.expr->to_string()) : Json()},
          {"all", definition.all}};
}

PredicateNamed predicate_from(const Node& saved) {
  PredicateNamed named{string_at(member(saved, "name")), position_from(member(saved, "at")), {}};
  named.definition.params = strings_of(items_in(saved, "params"));
  if (auto expr = optional_from(member(saved, "expr")))
    named.definition.expr = Predicate::parse(*expr);
  named.definition.all = flag_at(member(saved, "all"));
  return named;
}

Json to_json(const PredicateSummary& summary) {
  return {summary.registry, summary.when,  summary.facts,
          summary.calls,    summary.atoms, summary.complete};
}

PredicateSummary summary_from(const Node& saved) {
  return {string_at(item(saved, 0)),          string_at(item(saved, 1)),
          names_of(items_of(item(saved, 2))), names_of(items_of(item(saved, 3))),
          names_of(items_of(item(saved, 4))), flag_at(item(saved, 5))};
}

Json to_json(const WrittenNumber& number) {
  return {to_json(number.symbol), number.path, number.text, number.in_list};
}

WrittenNumber written_from(const Node& saved) {
  return {position_from(item(saved, 0)), strings_of(items_of(item(saved, 1))),
          string_at(item(saved, 2)), flag_at(item(saved, 3))};
}

Json to_json(const Unregistration& entry) {
  return {entry.registry, entry.oid, entry.target, to_json(entry.at)};
}

Unregistration unregistration_from(const Node& saved) {
  return {string_at(item(saved, 0)), string_at(item(saved, 1)), string_at(item(saved, 2)),
          position_from(item(saved, 3))};
}

Json to_json(const Merge& merge) {
  return {merge.into, merge.from, merge.force, to_json(merge.at)};
}

Merge merge_from(const Node& saved) {
  return {string_at(item(saved, 0)), strings_of(items_of(item(saved, 1))), flag_at(item(saved, 2)),
          position_from(item(saved, 3))};
}

Json to_json(const PinDeclaration& pin) {
  return {pin.registry, pin.pin.oid, pin.pin.target, pin.pin.reason, to_json(pin.at)};
}

PinDeclaration pin_from(const Node& saved) {
  return {string_at(item(saved, 0)),
          {string_at(item(saved, 1)), string_at(item(saved, 2)), string_at(item(saved, 3))},
          position_from(item(saved, 4))};
}

Json to_json(const Match& match) {
  return {match.registry, match.from, match.include, match.exclude, to_json(match.at)};
}

Match match_from(const Node& saved) {
  return {string_at(item(saved, 0)), string_at(item(saved, 1)),
          strings_of(items_of(item(saved, 2))), strings_of(items_of(item(saved, 3))),
          position_from(item(saved, 4))};
}

Json to_json(const Diagnostic& found) {
  return {found.severity == Severity::Error,
          found.place.path,
          found.place.line,
          found.place.column,
          found.message,
          found.hint,
          found.excerpt,
          found.kind == ErrorKind::Io};
}

Diagnostic diagnostic_from(const Node& saved) {
  Diagnostic found;
  found.severity = flag_at(item(saved, 0)) ? Severity::Error : Severity::Warning;
  found.place = {string_at(item(saved, 1)), small_at(item(saved, 2)), small_at(item(saved, 3))};
  found.message = string_at(item(saved, 4));
  found.hint = string_at(item(saved, 5));
  found.excerpt = string_at(item(saved, 6));
  found.kind = flag_at(item(saved, 7)) ? ErrorKind::Io : ErrorKind::Input;
  return found;
}

template <typename T>
void put_list(Json& json, const char* key, const std::vector<T>& list) {
  if (list.empty()) return;
  Json& array = json[key] = Json::array();
  for (const T& entry : list) array.push_back(to_json(entry));
}

template <typename T>
void take_list(const Node& saved, const char* key, T (*from)(const Node&), std::vector<T>& list) {
  for (const Node& entry : items_in(saved, key)) list.push_back(from(entry));
}

void put_names(Json& json, const char* key, const std::set<std::string>& names) {
  if (!names.empty()) json[key] = names;
}

}  // namespace

Json lines_to_json(const std::vector<SymbolRecord>& symbols) {
  Json lines = Json::array();
  for (const SymbolRecord& record : symbols) lines.push_back(record.line);
  return lines;
}

std::vector<SymbolRecord> saved_lines(const Node& saved, const char* key,
                                      Declarations& declarations) {
  std::vector<SymbolRecord> symbols;
  for (const Node& text : items_in(saved, key)) {
    declarations.kept_lines.push_back(string_at(text));
    const auto record = record_from_line(declarations.kept_lines.back());
    if (!record) throw NotAsSaved();
    symbols.push_back(*record);
  }
  return symbols;
}

Json diagnostics_to_json(const std::vector<Diagnostic>& diagnostics) {
  Json array = Json::array();
  for (const Diagnostic& each : diagnostics) array.push_back(to_json(each));
  return array;
}

std::vector<Diagnostic> saved_diagnostics(const Node& saved, const char* key) {
  std::vector<Diagnostic> diagnostics;
  take_list(saved, key, diagnostic_from, diagnostics);
  return diagnostics;
}

Json positions_to_json(const std::vector<Position>& positions) {
  Json array = Json::array();
  for (Position each : positions) array.push_back(to_json(each));
  return array;
}

std::vector<Position> saved_positions(const Node& saved, const char* key) {
  std::vector<Position> positions;
  take_list(saved, key, position_from, positions);
  return positions;
}

Json declarations_to_json(const Declarations& declarations) {
  Json json = Json::object();
  put_list(json, "registries", declarations.registries);
  put_list(json, "predicates", declarations.predicates);
  put_list(json, "summaries", declarations.summaries);
  put_list(json, "written", declarations.written);
  put_names(json, "when_facts", declarations.when_facts);
  put_names(json, "when_calls", declarations.when_calls);
  put_names(json, "mentioned", declarations.mentioned);
  put_names(json, "failed_predicates", declarations.failed_predicates);
  put_list(json, "unregister", declarations.unregistrations);
  put_list(json, "match", declarations.matches);
  put_list(json, "merge", declarations.merges);
  put_list(json, "pins", declarations.pins);
  put_list(json, "found", declarations.diagnostics);
  put_list(json, "seen", declarations.seen);
  if (declarations.lenient) json["lenient"] = true;
  return json;
}

Declarations saved_declarations(const Node& saved) {
  Declarations declarations;
  take_list(saved, "registries", registry_from, declarations.registries);
  take_list(saved, "predicates", predicate_from, declarations.predicates);
  take_list(saved, "summaries", summary_from, declarations.summaries);
  take_list(saved, "written", written_from, declarations.written);
  declarations.when_facts = names_of(items_in(saved, "when_facts"));
  declarations.when_calls = names_of(items_in(saved, "when_calls"));
  declarations.mentioned = names_of(items_in(saved, "mentioned"));
  declarations.failed_predicates = names_of(items_in(saved, "failed_predicates"));
  take_list(saved, "unregister", unregistration_from, declarations.unregistrations);
  take_list(saved, "match", match_from, declarations.matches);
  take_list(saved, "merge", merge_from, declarations.merges);
  take_list(saved, "pins", pin_from, declarations.pins);
  take_list(saved, "found", diagnostic_from, declarations.diagnostics);
  take_list(saved, "seen", diagnostic_from, declarations.seen);
  declarations.lenient = find_member(saved, "lenient") != nullptr;
  return declarations;
}

}  // namespace reg
