#pragma once
// What `reg lint` found, and what it can find, in the format that is asked for.

#include "../session.h"

#include <reg/lint.h>
#include <span>
#include <string_view>

namespace reg::app {

// `folder`: where the workspace lies in its repository, for SARIF (reg/lint.h).
void write_lint_report(Session& session, const LintReport& report, std::string_view folder);

// Explanations of rules: whole ones, or only what they are about.
enum class Explained : bool { Briefly, Whole };
void write_lint_rules(Session& session, std::span<const LintRule> rules, Explained how);

}  // namespace reg::app
