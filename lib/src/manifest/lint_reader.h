#pragma once
// Reads what manifests say of `reg lint`: `[lint]`, and a symbol's `allow`.

#include <manifest/element.h>
#include <manifest/problems.h>
#include <reg/lint_rules.h>
#include <string>
#include <vector>

namespace reg {

// An array of codes, sorted, each once; those that are none are reported.
std::vector<std::string> read_codes(Problems& problems, const Element& array, LintCodesOf whose);

LintSettings read_lint(Problems& problems, const Element& table);

}  // namespace reg
