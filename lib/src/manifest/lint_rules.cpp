#include <reg/lint_rules.h>
#include <reg/text.h>
#include <algorithm>
#include <set>

namespace reg {
namespace {

bool names(const std::vector<std::string>& codes, std::string_view code) {
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

std::optional<LintLevel> named_level(const LintSettings& settings, std::string_view code) {
  if (names(settings.deny, code)) return LintLevel::Deny;
  if (names(settings.warn, code)) return LintLevel::Warn;
  if (names(settings.allow, code)) return LintLevel::Allow;
  return std::nullopt;
}

}  // namespace

const char* to_string(LintLevel level) {
  switch (level) {
    case LintLevel::Allow:
      return "allow";
    case LintLevel::Warn:
      return "warn";
    case LintLevel::Deny:
      return "deny";
  }
  return "unknown";
}

const LintRule* lint_rule(std::string_view code) {
  const auto rules = lint_rules();
  const auto found = std::find_if(rules.begin(), rules.end(),
                                  [&](const LintRule& rule) { return rule.code == code; });
  return found == rules.end() ? nullptr : &*found;
}

std::optional<UnknownLintCode> lint_code_problem(std::string_view code, LintCodesOf whose) {
  const bool of_symbol = whose == LintCodesOf::Symbol;
  const LintRule* rule = lint_rule(code);
  if (rule != nullptr && of_symbol && rule->about != LintAbout::Symbol)
    return UnknownLintCode{in_quotes(code) + " is not about symbols",
                           "[lint] in registry.toml allows it"};
  if (rule != nullptr || (!of_symbol && code == all_lint_rules)) return std::nullopt;
  std::vector<std::string> known;
  for (const LintRule& each : lint_rules()) {
    if (!of_symbol || each.about == LintAbout::Symbol) known.emplace_back(each.code);
  }
  if (!of_symbol) known.emplace_back(all_lint_rules);
  std::string hint = did_you_mean(code, known);
  if (hint.empty()) hint = "it is one of " + joined(known);
  return UnknownLintCode{"there is no finding with the code " + in_quotes(code), std::move(hint)};
}

std::optional<std::string> set_twice(const LintSettings& settings) {
  std::set<std::string> seen;
  for (const std::vector<std::string>* list : {&settings.allow, &settings.warn, &settings.deny}) {
    const std::set<std::string> own(list->begin(), list->end());
    for (const std::string& code : own) {
      if (!seen.insert(code).second) return code;
    }
  }
  return std::nullopt;
}

std::optional<LintLevel> lint_level(const LintSettings& settings, std::string_view code) {
  const auto level = named_level(settings, code);
  return level ? level : named_level(settings, all_lint_rules);
}

}  // namespace reg
