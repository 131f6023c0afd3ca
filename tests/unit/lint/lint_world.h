#pragma once
// A workspace and what lint finds in it.

#include <reg/lint.h>
#include <stdexcept>
#include <string>
#include <vector>

#include "../update/sources.h"

namespace reg_test {

// Registers all, which must go well, and looks.
inline reg::LintReport lint_of(TestWorkspace& world, const reg::LintOptions& options = {}) {
  if (world.run().failed) throw std::logic_error("the manifests are wrong");
  return reg::lint(reg::Cache::open(world.get()), options);
}

inline reg::LintReport lint_of(const std::string& manifest, const reg::LintOptions& options = {}) {
  TestWorkspace world(reg_test::Files{{"m.reg.toml", manifest}});
  return lint_of(world, options);
}

// `path:line:column code subject`, of what reasoning has no part in.
inline std::vector<std::string> brief(const reg::LintReport& report) {
  std::vector<std::string> lines;
  for (const reg::LintFinding& each : report.findings)
    lines.push_back(each.place.to_string() + ' ' + each.code +
                    (each.subject.empty() ? "" : ' ' + each.subject));
  return lines;
}

inline std::vector<std::string> codes(const reg::LintReport& report) {
  std::vector<std::string> codes;
  for (const reg::LintFinding& each : report.findings) codes.push_back(each.code);
  return codes;
}

}  // namespace reg_test
