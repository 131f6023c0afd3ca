#include <cache/head_lines.h>
#include <text/json_text.h>

namespace reg {

namespace {

// The member, if the value is an object that has it with that type.
const Json* member(const Json& value, const char* name, Json::value_t type) {
  if (!value.is_object()) return nullptr;
  auto found = value.find(name);
  return found != value.end() && found->type() == type ? &*found : nullptr;
}

std::optional<std::vector<std::string>> strings_from(const Json& value) {
  if (!value.is_array()) return std::nullopt;
  std::vector<std::string> texts;
  for (const Json& text : value) {
    if (!text.is_string()) return std::nullopt;
    texts.push_back(text.get<std::string>());
  }
  return texts;
}

std::optional<std::vector<Field>> fields_from(const Json& value) {
  std::vector<Field> fields;
  for (const Json& pair : value) {
    auto texts = strings_from(pair);
    if (!texts || texts->size() != 2) return std::nullopt;
    auto type = field_type_from((*texts)[1]);
    if (!type) return std::nullopt;
    fields.push_back({(*texts)[0], *type});
  }
  return fields;
}

// The lists that are not empty.
Json to_json(const LintSettings& lint) {
  Json json = Json::object();
  if (!lint.allow.empty()) json["allow"] = lint.allow;
  if (!lint.deny.empty()) json["deny"] = lint.deny;
  if (!lint.warn.empty()) json["warn"] = lint.warn;
  return json;
}

std::optional<LintSettings> lint_from(const Json& value) {
  LintSettings lint;
  for (const auto& [name, list] : {std::pair{"allow", &lint.allow}, std::pair{"deny", &lint.deny},
                                   std::pair{"warn", &lint.warn}}) {
    const Json* given = member(value, name, Json::value_t::array);
    auto codes = strings_from(given ? *given : Json::array());
    if (!codes) return std::nullopt;
    *list = std::move(*codes);
  }
  return lint;
}

// `[path, type]`, and an object with what else is said of it.
Json to_json(const Fact& fact) {
  Json json = {fact.path, to_string(fact.type)};
  Json more = Json::object();
  if (!fact.values.empty()) more["values"] = fact.values;
  if (!fact.doc.empty()) more["doc"] = fact.doc;
  if (!more.empty()) json.push_back(std::move(more));
  return json;
}

std::optional<Fact> fact_from(const Json& value) {
  if (!value.is_array() || value.size() < 2 || value.size() > 3) return std::nullopt;
  if (!value[0].is_string() || !value[1].is_string()) return std::nullopt;
  const auto type = field_type_from(value[1].get_ref<const std::string&>());
  if (!type) return std::nullopt;
  Fact fact{value[0].get<std::string>(), *type};
  if (value.size() == 2) return fact;
  const Json* values = member(value[2], "values", Json::value_t::array);
  const Json* doc = member(value[2], "doc", Json::value_t::string);
  if (values) fact.values.assign(values->begin(), values->end());
  if (doc) fact.doc = doc->get<std::string>();
  return fact;
}

std::optional<std::vector<Fact>> facts_from(const Json& value) {
  std::vector<Fact> facts;
  for (const Json& each : value) {
    auto fact = fact_from(each);
    if (!fact) return std::nullopt;
    facts.push_back(std::move(*fact));
  }
  return facts;
}

Json to_json(const Pin& pin) { return {pin.oid, pin.target, pin.reason}; }

std::optional<std::vector<Pin>> pins_from(const Json& value) {
  std::vector<Pin> pins;
  for (const Json& each : value) {
    auto texts = strings_from(each);
    if (!texts || texts->size() != 3) return std::nullopt;
    pins.push_back({std::move((*texts)[0]), std::move((*texts)[1]), std::move((*texts)[2])});
  }
  return pins;
}

Json to_json(const AddedByOthers& added) { return {added.fields, added.facts, added.doc}; }

// It names no more than there is.
std::optional<AddedByOthers> added_from(const Json& value, std::size_t fields, std::size_t facts) {
  if (value.empty()) return AddedByOthers();
  if (value.size() != 3 || !value[0].is_number_unsigned() || !value[1].is_number_unsigned() ||
      !value[2].is_boolean())
    return std::nullopt;
  const AddedByOthers added{value[0].get<std::size_t>(), value[1].get<std::size_t>(),
                            value[2].get<bool>()};
  if (added.fields > fields || added.facts > facts) return std::nullopt;
  return added;
}

std::string keyed(std::string_view key) {
  std::string line;
  append_quoted(line, key);
  return line += ':';
}

}  // namespace

std::string workspace_line(const WorkspaceText& workspace) {
  std::string line = "\"workspace\":{\"name\":";
  append_quoted(line, workspace.name);
  line += ",\"context\":" + to_text(workspace.context);
  if (!workspace.defines.empty()) line += ",\"defines\":" + to_text(workspace.defines);
  if (!workspace.facts.empty()) line += ",\"facts\":" + to_text(workspace.facts);
  if (!workspace.library_path.empty())
    line += ",\"library_path\":" + to_text(workspace.library_path);
  if (workspace.load_remote) line += ",\"load_remote\":true";
  if (!workspace.lint.empty()) line += ",\"lint\":" + to_text(to_json(workspace.lint));
  return line + '}';
}

std::string predicate_line(std::string_view name, const PredicateDefinition& definition) {
  std::string line = keyed(name);
  if (definition.is_fact())
    return line + (definition.all ? "{\"fact\":true,\"all\":true}" : "{\"fact\":true}");
  line += "{\"params\":" + to_text(definition.params) + ",\"expr\":";
  append_quoted(line, definition.expr->to_string());
  return line + '}';
}

std::string registry_line(const RegistryInfo& info) {
  Json fields = Json::array();
  for (const Field& field : info.fields) fields.push_back({field.name, to_string(field.type)});
  Json value = {{"doc", info.doc}, {"fields", std::move(fields)}, {"symbols", info.symbols}};
  if (info.select) value["select"] = *info.select;
  for (const Fact& fact : info.context) value["context"].push_back(to_json(fact));
  if (!info.reads.empty()) value["reads"] = info.reads;
  for (const Pin& pin : info.pins) value["pins"].push_back(to_json(pin));
  if (info.added != AddedByOthers()) value["added"] = to_json(info.added);
  return keyed(info.name) + to_text(value);
}

std::string oid_line(std::string_view oid, const std::vector<std::string_view>& registries) {
  std::string line;
  append_oid_line(line, oid, registries);
  return line;
}

void append_oid_line(std::string& out, std::string_view oid,
                     const std::vector<std::string_view>& registries) {
  out += '"';
  out += oid;
  out += "\":[";
  for (std::string_view registry : registries) {
    if (out.back() != '[') out += ',';
    out += '"';
    out += registry;
    out += '"';
  }
  out += ']';
}

std::optional<WorkspaceText> workspace_from(const Json& value) {
  const Json* name = member(value, "name", Json::value_t::string);
  const Json* context = member(value, "context", Json::value_t::object);
  if (!name || !context) return std::nullopt;
  const Json* defines = member(value, "defines", Json::value_t::object);
  const Json* facts = member(value, "facts", Json::value_t::object);
  const Json* folders = member(value, "library_path", Json::value_t::array);
  auto library_path = strings_from(folders ? *folders : Json::array());
  const Json* load_remote = member(value, "load_remote", Json::value_t::boolean);
  const Json* lint = member(value, "lint", Json::value_t::object);
  auto levels = lint_from(lint ? *lint : Json::object());
  if (!library_path || !levels) return std::nullopt;
  return WorkspaceText{name->get<std::string>(),
                       *context,
                       defines ? *defines : Json::object(),
                       facts ? *facts : Json::object(),
                       std::move(*library_path),
                       std::move(*levels),
                       load_remote != nullptr && load_remote->get<bool>()};
}

std::optional<PredicateDefinition> definition_from(const Json& value) {
  if (const Json* fact = member(value, "fact", Json::value_t::boolean)) {
    if (!fact->get<bool>()) return std::nullopt;
    const Json* all = member(value, "all", Json::value_t::boolean);
    return PredicateDefinition{{}, std::nullopt, all != nullptr && all->get<bool>()};
  }
  const Json* params = member(value, "params", Json::value_t::array);
  const Json* expr = member(value, "expr", Json::value_t::string);
  auto names = params ? strings_from(*params) : std::nullopt;
  if (!names || !expr) return std::nullopt;
  return PredicateDefinition{std::move(*names),
                             Predicate::parse(expr->get_ref<const std::string&>())};
}

std::optional<RegistryInfo> registry_from(std::string_view name, const Json& value) {
  const Json* doc = member(value, "doc", Json::value_t::string);
  const Json* fields = member(value, "fields", Json::value_t::array);
  const Json* symbols = member(value, "symbols", Json::value_t::number_unsigned);
  const Json* select = member(value, "select", Json::value_t::string);
  const Json* context = member(value, "context", Json::value_t::array);
  const Json* reads = member(value, "reads", Json::value_t::array);
  const Json* pins = member(value, "pins", Json::value_t::array);
  if (!doc || !fields || !symbols) return std::nullopt;
  auto typed = fields_from(*fields);
  auto facts = facts_from(context ? *context : Json::array());
  auto read = strings_from(reads ? *reads : Json::array());
  auto pinned = pins_from(pins ? *pins : Json::array());
  if (!typed || !facts || !read || !pinned) return std::nullopt;
  const Json* others = member(value, "added", Json::value_t::array);
  const auto added = added_from(others ? *others : Json::array(), typed->size(), facts->size());
  if (!added) return std::nullopt;
  RegistryInfo info;
  info.name = name;
  info.added = *added;
  info.doc = doc->get<std::string>();
  info.fields = std::move(*typed);
  info.symbols = symbols->get<std::size_t>();
  if (select) info.select = select->get<std::string>();
  info.context = std::move(*facts);
  info.reads = std::move(*read);
  info.pins = std::move(*pinned);
  return info;
}

std::optional<std::vector<std::string>> oid_registries_from(const Json& value) {
  return strings_from(value);
}

}  // namespace reg
