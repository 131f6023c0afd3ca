#include <manifest/line.h>
#include <registration/checks.h>
#include <registration/conditions.h>
#include <algorithm>

namespace reg {

Conditions::Result Conditions::of(const Source& source, const SymbolRecord& record,
                                  std::vector<Finding>& findings) {
  const std::string when = line_directives(record.line).value_or(LineDirectives{}).when;
  const Condition& condition = known(when);
  if (condition.findings.empty()) return condition.result;
  const bool is_first = warned_.insert(std::string(source.path) + '\n' + when).second;
  for (const ast::TypeFinding& found : condition.findings) {
    if (found.severity == Severity::Warning && !is_first) continue;
    findings.push_back(finding_in_predicate(place_in(source, record.at), found, when,
                                            DeclarationPart{record.at, {"when"}, false, {}}));
  }
  return condition.result;
}

const Conditions::Condition& Conditions::known(const std::string& when) {
  constexpr std::size_t most = 10'000;
  if (known_.size() > most) known_.clear();
  auto [known, is_new] = known_.try_emplace(when);
  if (is_new) known->second = evaluated(when);
  return known->second;
}

Conditions::Condition Conditions::evaluated(const std::string& when) const {
  const Predicate predicate = Predicate::parse(when);
  for (const PredicateCall& call : predicate.calls()) {
    if (catalog_.unusable.contains(call.name)) return {Result::Wrong, {}};
  }
  Condition condition;
  condition.findings = ast::check_condition(predicate, facts_, catalog_.predicates);
  const bool wrong =
      std::any_of(condition.findings.begin(), condition.findings.end(),
                  [](const ast::TypeFinding& found) { return found.severity == Severity::Error; });
  if (wrong) {
    condition.result = Result::Wrong;
  } else if (predicate.score(facts_, Json::object(), catalog_.predicates) <= 0) {
    condition.result = Result::LeftOut;
  }
  return condition;
}

}  // namespace reg
