#pragma once
// What `reg lint` found, and what it can find, in the format that is asked for.

#include "../session.h"

#include <reg/lint.h>
#include <span>

namespace reg::app {

// But for SARIF, which is the library's.
void write_lint_report(Session& session, const LintReport& report);

// Explanations of rules: whole ones, or only what they are about.
enum class Explained : bool { Briefly, Whole };
void write_lint_rules(Session& session, std::span<const LintRule> rules, Explained how);

}  // namespace reg::app
