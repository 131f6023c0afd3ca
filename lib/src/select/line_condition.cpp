#include <cache/head_lines.h>
#include <manifest/line.h>
#include <predicate/node.h>
#include <predicate/origin.h>
#include <select/line_condition.h>
#include <text/json_text.h>
#include <algorithm>

namespace reg {
namespace {

// What every symbol has.
bool is_of_symbol(std::string_view name) {
  constexpr std::string_view all[] = {"registry", "oid", "target", "doc", "select", "source"};
  return std::find(std::begin(all), std::end(all), name) != std::end(all);
}

}  // namespace

bool LineCondition::Wanted::has(std::string_view name) const {
  return std::find(names.begin(), names.end(), name) != names.end();
}

LineCondition::LineCondition(const CacheFile& file, const Predicate& where, PredicateSet named)
    : file_(file), where_(where), named_(std::move(named)), asked_(where) {
  for (const PredicateCall& call : where_.calls()) {
    if (auto problem = named_.problem(call)) throw InputError(problem->message, problem->hint);
  }
  want(where_);
  for (const auto& [name, definition] : named_.definitions()) {
    if (definition.expr) want(*definition.expr);
    if (definition.is_fact()) facts_wanted_.names.push_back(escaped_text(name));
  }
  key_wanted_ = wants("registry") || wants("oid") || wants("target");
  more_wanted_ = wants("doc") || wants("select") || wants("source");
}

void LineCondition::want(const Predicate& predicate) {
  ast::each_path(predicate, [this](const ast::Path& path) {
    const std::string& name = path.keys.front();
    fields_wanted_.names.push_back(escaped_text(name));
    if (const std::string member = ast::info_path(path.keys).member; member != name)
      fields_wanted_.names.push_back(escaped_text(member));
    if (path.scope == ast::Scope::Context && is_of_symbol(name))
      facts_wanted_.names.push_back(name);
  });
  all_wanted_ = all_wanted_ || predicate.has_function();
}

bool LineCondition::wants(std::string_view fact) const {
  return (all_wanted_ || facts_wanted_.has(fact)) && !is_hidden(fact);
}

bool LineCondition::is_hidden(std::string_view name) const {
  return std::find(hidden_.begin(), hidden_.end(), name) != hidden_.end();
}

bool LineCondition::holds(std::string_view line) {
  facts_.clear();
  fields_.clear();
  enter_registry(line);
  if (key_wanted_) read_key(file_.key_of(line));
  if (more_wanted_) read_more(line);
  read_info(line);
  return asked_.score(facts_, fields_, asked_named_, versions_) > 0;
}

void LineCondition::enter_registry(std::string_view line) {
  if (!beginning_.empty() && line.starts_with(beginning_)) return;
  std::string_view registry = file_.key_of(line).registry;
  const char* end = registry.data() + registry.size() + 1;  // with the closing quote
  beginning_ = line.substr(0, static_cast<std::size_t>(end - line.data()));
  auto value = file_.member(file_.registries(), registry);
  auto info = value ? registry_from(registry, *value) : std::nullopt;
  if (!info) file_.broken("the registry of a symbol is not described as it must be");
  note_fields(info->fields);
  asked_ = with_fields(where_, {});
  asked_named_ = {};
  for (const auto& [name, definition] : named_.definitions()) {
    PredicateDefinition changed = definition;
    if (changed.expr) changed.expr = with_fields(*changed.expr, changed.params);
    asked_named_.define(name, std::move(changed));
  }
}

void LineCondition::note_fields(const std::vector<Field>& fields) {
  hidden_.clear();
  versions_ = {};
  for (const Field& field : fields) {
    if (is_of_symbol(field.name)) hidden_.push_back(field.name);
    if (field.type != FieldType::Version) continue;
    versions_.facts.push_back(print_path({&field.name, 1}));
    versions_.fields.push_back(field.name);
  }
}

Predicate LineCondition::with_fields(const Predicate& predicate,
                                     const std::vector<std::string>& params) const {
  return ast::with_paths(predicate, [&](const ast::Path& path) {
    const std::string& name = path.keys.front();
    const bool is_field = !is_of_symbol(name) || is_hidden(name);
    const bool is_param = std::find(params.begin(), params.end(), name) != params.end();
    const bool is_self = path.scope == ast::Scope::Self || (is_field && !is_param);
    return ast::Path{is_self ? ast::Scope::Self : ast::Scope::Context, path.keys};
  });
}

void LineCondition::read_key(const LineKey& key) {
  for (auto [name, text] :
       {std::pair{"registry", key.registry}, {"oid", key.oid}, {"target", key.target}}) {
    if (wants(name)) facts_[name] = file_.plain(text);
  }
}

void LineCondition::read_more(std::string_view line) {
  auto text = split_line(line);
  if (!text) file_.broken("a symbol is not laid out as it must be");
  if (wants("doc")) facts_["doc"] = file_.plain(text->doc);
  if (wants("source")) facts_["source"] = file_.plain(text->source.path);
  if (!wants("select")) return;
  facts_["select"] = text->select.empty() ? Json() : Json(file_.plain(text->select));
}

void LineCondition::read_info(std::string_view line) {
  auto info = info_onward(line);
  if (!info) file_.broken("a symbol does not begin as it must");
  if (info->empty()) return;
  bool whole = each_info_member(*info, [this](const InfoMember& member) {
    bool fact = all_wanted_ || facts_wanted_.has(member.key);
    bool field = all_wanted_ || fields_wanted_.has(member.key);
    if (!fact && !field) return true;
    Json value = file_.parsed(member.value);
    if (field) fields_[file_.plain(member.key)] = value;
    if (fact) facts_[file_.plain(member.key)] = std::move(value);
    return true;
  });
  if (!whole) file_.broken("a symbol is not laid out as it must be");
}

}  // namespace reg
