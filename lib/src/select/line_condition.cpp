#include <cache/head_lines.h>
#include <manifest/line.h>
#include <predicate/node.h>
#include <select/line_condition.h>
#include <text/json_text.h>
#include <algorithm>

namespace reg {
namespace {

// The first name of every path of that scope in a predicate.
void add_names(std::vector<std::string>& names, const Predicate& predicate, ast::Scope scope) {
  ast::each_path(predicate, [&](const ast::Path& path) {
    if (path.scope == scope) names.push_back(escaped_text(path.keys.front()));
  });
}

}  // namespace

bool LineCondition::Wanted::has(std::string_view name) const {
  return std::find(names.begin(), names.end(), name) != names.end();
}

LineCondition::LineCondition(const CacheFile& file, const Predicate& where, PredicateSet named)
    : file_(file), where_(where), named_(std::move(named)) {
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
  add_names(facts_wanted_.names, predicate, ast::Scope::Context);
  add_names(fields_wanted_.names, predicate, ast::Scope::Self);
  all_wanted_ = all_wanted_ || predicate.has_function();
}

bool LineCondition::wants(std::string_view fact) const {
  return (all_wanted_ || facts_wanted_.has(fact)) &&
         std::find(hidden_.begin(), hidden_.end(), fact) == hidden_.end();
}

bool LineCondition::holds(std::string_view line) {
  facts_.clear();
  fields_.clear();
  enter_registry(line);
  if (key_wanted_) read_key(file_.key_of(line));
  if (more_wanted_) read_more(line);
  read_info(line);
  return where_.score(facts_, fields_, named_, versions_) > 0;
}

void LineCondition::enter_registry(std::string_view line) {
  if (!beginning_.empty() && line.starts_with(beginning_)) return;
  std::string_view registry = file_.key_of(line).registry;
  const char* end = registry.data() + registry.size() + 1;  // with the closing quote
  beginning_ = line.substr(0, static_cast<std::size_t>(end - line.data()));
  hidden_.clear();
  versions_ = {};
  auto value = file_.member(file_.registries(), registry);
  auto info = value ? registry_from(registry, *value) : std::nullopt;
  if (!info) file_.broken("the registry of a symbol is not described as it must be");
  for (const Field& field : info->fields) {
    hidden_.push_back(field.name);
    if (field.type != FieldType::Version) continue;
    versions_.facts.push_back(print_path({&field.name, 1}));
    versions_.fields.push_back(field.name);
  }
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
