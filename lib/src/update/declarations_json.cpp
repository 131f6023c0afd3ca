#include <manifest/line.h>
#include <update/declarations_json.h>

namespace reg {
namespace {

Json to_json(Position at) { return {at.line, at.column}; }

Position position_from(const Json& json) {
  return {json.at(0).get<std::uint32_t>(), json.at(1).get<std::uint32_t>()};
}

template <typename T>
std::optional<T> optional_from(const Json& json) {
  if (json.is_null()) return std::nullopt;
  return json.get<T>();
}

FieldType type_from(const Json& json) {
  return field_type_from(json.get<std::string>()).value_or(FieldType::Any);
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

RegistryDeclaration registry_from(const Json& json) {
  RegistryDeclaration declared;
  declared.name = json.at("name").get<std::string>();
  declared.at = position_from(json.at("at"));
  declared.doc = json.at("doc").get<std::string>();
  for (const Json& field : json.at("fields")) {
    declared.fields.push_back(
        {{field.at(0).get<std::string>(), type_from(field.at(1))}, position_from(field.at(2))});
  }
  for (const Json& fact : json.at("context")) {
    declared.context.push_back(
        {{fact.at(0).get<std::string>(), type_from(fact.at(1)), fact.at(2).get<std::vector<Json>>(),
          fact.at(3).get<std::string>()},
         position_from(fact.at(4))});
  }
  declared.select = optional_from<std::string>(json.at("select"));
  declared.select_at = position_from(json.at("select_at"));
  declared.select_failed = json.at("select_failed").get<bool>();
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

PredicateNamed predicate_from(const Json& json) {
  PredicateNamed named{json.at("name").get<std::string>(), position_from(json.at("at")), {}};
  named.definition.params = json.at("params").get<std::vector<std::string>>();
  if (auto expr = optional_from<std::string>(json.at("expr")))
    named.definition.expr = Predicate::parse(*expr);
  named.definition.all = json.at("all").get<bool>();
  return named;
}

Json to_json(const PredicateSummary& summary) {
  return {summary.registry, summary.when,  summary.facts,
          summary.calls,    summary.atoms, summary.complete};
}

PredicateSummary summary_from(const Json& json) {
  return {json.at(0).get<std::string>(),           json.at(1).get<std::string>(),
          json.at(2).get<std::set<std::string>>(), json.at(3).get<std::set<std::string>>(),
          json.at(4).get<std::set<std::string>>(), json.at(5).get<bool>()};
}

Json to_json(const WrittenNumber& number) {
  return {to_json(number.symbol), number.path, number.text, number.in_list};
}

WrittenNumber written_from(const Json& json) {
  return {position_from(json.at(0)), json.at(1).get<std::vector<std::string>>(),
          json.at(2).get<std::string>(), json.at(3).get<bool>()};
}

Json to_json(const Unregistration& entry) {
  return {entry.registry, entry.oid, entry.target, to_json(entry.at)};
}

Unregistration unregistration_from(const Json& json) {
  return {json.at(0).get<std::string>(), json.at(1).get<std::string>(),
          json.at(2).get<std::string>(), position_from(json.at(3))};
}

Json to_json(const Merge& merge) {
  return {merge.into, merge.from, merge.force, to_json(merge.at)};
}

Merge merge_from(const Json& json) {
  return {json.at(0).get<std::string>(), json.at(1).get<std::vector<std::string>>(),
          json.at(2).get<bool>(), position_from(json.at(3))};
}

Json to_json(const Match& match) {
  return {match.registry, match.from, match.include, match.exclude, to_json(match.at)};
}

Match match_from(const Json& json) {
  return {json.at(0).get<std::string>(), json.at(1).get<std::string>(),
          json.at(2).get<std::vector<std::string>>(), json.at(3).get<std::vector<std::string>>(),
          position_from(json.at(4))};
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

Diagnostic diagnostic_from(const Json& json) {
  Diagnostic found;
  found.severity = json.at(0).get<bool>() ? Severity::Error : Severity::Warning;
  found.place = {json.at(1).get<std::string>(), json.at(2).get<std::uint32_t>(),
                 json.at(3).get<std::uint32_t>()};
  found.message = json.at(4).get<std::string>();
  found.hint = json.at(5).get<std::string>();
  found.excerpt = json.at(6).get<std::string>();
  found.kind = json.at(7).get<bool>() ? ErrorKind::Io : ErrorKind::Input;
  return found;
}

template <typename T>
void put_list(Json& json, const char* key, const std::vector<T>& list) {
  if (list.empty()) return;
  Json& array = json[key] = Json::array();
  for (const T& entry : list) array.push_back(to_json(entry));
}

template <typename T>
void take_list(const Json& json, const char* key, T (*from)(const Json&), std::vector<T>& list) {
  auto found = json.find(key);
  if (found == json.end()) return;
  for (const Json& entry : *found) list.push_back(from(entry));
}

void put_names(Json& json, const char* key, const std::set<std::string>& names) {
  if (!names.empty()) json[key] = names;
}

void take_names(const Json& json, const char* key, std::set<std::string>& names) {
  if (json.contains(key)) names = json.at(key).get<std::set<std::string>>();
}

}  // namespace

Json lines_to_json(const std::vector<SymbolRecord>& symbols) {
  Json lines = Json::array();
  for (const SymbolRecord& record : symbols) lines.push_back(record.line);
  return lines;
}

std::vector<SymbolRecord> lines_from_json(const Json& json, Declarations& declarations) {
  std::vector<SymbolRecord> symbols;
  for (const Json& text : json) {
    declarations.kept_lines.push_back(text.get<std::string>());
    const auto record = record_from_line(declarations.kept_lines.back());
    if (!record) throw Json::other_error::create(501, "not a line", nullptr);
    symbols.push_back(*record);
  }
  return symbols;
}

Json diagnostics_to_json(const std::vector<Diagnostic>& diagnostics) {
  Json array = Json::array();
  for (const Diagnostic& each : diagnostics) array.push_back(to_json(each));
  return array;
}

std::vector<Diagnostic> diagnostics_from_json(const Json& json) {
  std::vector<Diagnostic> diagnostics;
  for (const Json& each : json) diagnostics.push_back(diagnostic_from(each));
  return diagnostics;
}

Json positions_to_json(const std::vector<Position>& positions) {
  Json array = Json::array();
  for (Position each : positions) array.push_back(to_json(each));
  return array;
}

std::vector<Position> positions_from_json(const Json& json) {
  std::vector<Position> positions;
  for (const Json& each : json) positions.push_back(position_from(each));
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
  put_list(json, "found", declarations.diagnostics);
  put_list(json, "seen", declarations.seen);
  if (declarations.lenient) json["lenient"] = true;
  return json;
}

Declarations declarations_from_json(const Json& json) {
  Declarations declarations;
  take_list(json, "registries", registry_from, declarations.registries);
  take_list(json, "predicates", predicate_from, declarations.predicates);
  take_list(json, "summaries", summary_from, declarations.summaries);
  take_list(json, "written", written_from, declarations.written);
  take_names(json, "when_facts", declarations.when_facts);
  take_names(json, "when_calls", declarations.when_calls);
  take_names(json, "mentioned", declarations.mentioned);
  take_names(json, "failed_predicates", declarations.failed_predicates);
  take_list(json, "unregister", unregistration_from, declarations.unregistrations);
  take_list(json, "match", match_from, declarations.matches);
  take_list(json, "merge", merge_from, declarations.merges);
  take_list(json, "found", diagnostic_from, declarations.diagnostics);
  take_list(json, "seen", diagnostic_from, declarations.seen);
  declarations.lenient = json.contains("lenient");
  return declarations;
}

}  // namespace reg
