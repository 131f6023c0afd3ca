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
  names_wanted_ = all_wanted_ || facts_wanted_.has("registry") || facts_wanted_.has("oid") ||
                  facts_wanted_.has("target");
}

void LineCondition::want(const Predicate& predicate) {
  add_names(facts_wanted_.names, predicate, ast::Scope::Context);
  add_names(fields_wanted_.names, predicate, ast::Scope::Self);
  all_wanted_ = all_wanted_ || predicate.has_function();
}

bool LineCondition::holds(std::string_view line) {
  facts_.clear();
  fields_.clear();
  read_info(line);
  if (names_wanted_) read_names(file_.key_of(line));
  return where_.score(facts_, fields_, named_) > 0;
}

void LineCondition::read_names(const LineKey& key) {
  for (auto [name, text] :
       {std::pair{"registry", key.registry}, {"oid", key.oid}, {"target", key.target}}) {
    if (all_wanted_ || facts_wanted_.has(name)) facts_[name] = file_.plain(text);
  }
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
