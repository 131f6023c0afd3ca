#pragma once
/// @file lint_rules.h
/// What `reg lint` looks for: the table of its rules, by their codes, and what was said of them.
///
/// Functions of their arguments; any thread may call them.
///
/// ```cpp
/// assert(reg::lint_rule("shadowed")->code == "shadowed" && reg::lint_rule("shadwed") == nullptr);
/// reg::LintSettings settings;
/// settings.deny = {"all"};
/// settings.warn = {"near-names"};
/// assert(reg::lint_level(settings, "shadowed") == reg::LintLevel::Deny);
/// assert(reg::lint_level(settings, "near-names") == reg::LintLevel::Warn);
/// ```

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace reg {

/// What to do about findings of one code.
enum class LintLevel : std::uint8_t {
  Allow,  ///< they are not reported
  Warn,   ///< they are reported; what every rule begins with
  Deny,   ///< they are reported, and `reg lint` ends with 1
};
/// `"allow"`, `"warn"`, `"deny"`.
[[nodiscard]] const char* to_string(LintLevel level);

/// What findings of a code are about. Only those about symbols can be allowed for one symbol.
enum class LintAbout : std::uint8_t {
  Symbol,     ///< one implementation
  Registry,   ///< what a registry declares, or its predicates read
  Workspace,  ///< named predicates and `[context]`
};

/// One thing that can be found. Codes are stable: they stand in manifests, options and reports.
struct LintRule {
  std::string_view code;     ///< `never-applies`
  LintAbout about;           ///< what its findings are about
  std::string_view summary;  ///< what was found, in a few words
  std::string_view meaning;  ///< what exactly is reported, and what is not
  std::string_view why;      ///< why that matters
  std::string_view bad;      ///< an example, TOML
  std::string_view better;   ///< the same without the finding
};

/// All rules, in the order in which they are listed.
[[nodiscard]] std::span<const LintRule> lint_rules();
/// The rule of that code; null if there is none.
[[nodiscard]] const LintRule* lint_rule(std::string_view code);
/// What stands for all codes where levels are set.
inline constexpr std::string_view all_lint_rules = "all";
/// Why a text is no code here, and what may have been meant, for a hint.
struct UnknownLintCode {
  std::string message;  ///< `there is no finding with the code "shadwed"`
  std::string hint;     ///< what may have been meant
};
/// Who names codes.
enum class LintCodesOf : bool {
  Symbol,    ///< its `allow`: codes of what is about symbols
  Settings,  ///< any code, and `all`
};
/// What is wrong with a text as a code; nothing if it is one.
[[nodiscard]] std::optional<UnknownLintCode> lint_code_problem(std::string_view code,
                                                               LintCodesOf whose);

/// The levels that somebody set: `[lint]` in `registry.toml`, or options of the command line. Each
/// holds codes, or `all`; a code counts for more than `all`, and stands in one of the lists only.
struct LintSettings {
  std::vector<std::string> allow, warn, deny;  ///< codes, or `all`

  /// Whether nothing is set.
  [[nodiscard]] bool empty() const { return allow.empty() && warn.empty() && deny.empty(); }
  friend bool operator==(const LintSettings&, const LintSettings&) = default;
};

/// The first code that stands in two of the lists; nothing if none does.
[[nodiscard]] std::optional<std::string> set_twice(const LintSettings& settings);
/// What they say of a code; nothing if they do not name it, nor all.
[[nodiscard]] std::optional<LintLevel> lint_level(const LintSettings& settings,
                                                  std::string_view code);

}  // namespace reg
