#include <doctest/doctest.h>
#include <regex>
#include <set>

#include "lint_world.h"

using namespace reg;
using reg_test::codes;
using reg_test::lint_of;
using reg_test::TestWorkspace;

namespace {

const std::set<std::string_view> reasoned = {"never-applies", "shadowed", "always-ties",
                                             "always-holds"};

// Examples are of registry.toml, which may hold all tables.
std::vector<std::string> found_in(std::string_view example) {
  TestWorkspace world;
  world.put("registry.toml",
            "[workspace]\nname = 'test'\nsources = ['.']\n" + std::string(example));
  return codes(lint_of(world));
}

}  // namespace

TEST_CASE("the example of each rule that needs no reasoning has just that finding") {
  for (const LintRule& rule : lint_rules()) {
    if (reasoned.contains(rule.code)) continue;
    CAPTURE(rule.code);
    CHECK(found_in(rule.bad) == std::vector<std::string>{std::string(rule.code)});
  }
}

TEST_CASE("codes are unique, in lower case with dashes, and explained whole") {
  std::set<std::string_view> seen;
  for (const LintRule& rule : lint_rules()) {
    CAPTURE(rule.code);
    CHECK(seen.insert(rule.code).second);
    CHECK(std::regex_match(std::string(rule.code), std::regex("[a-z]+(-[a-z]+)*")));
    for (const std::string_view part :
         {rule.summary, rule.meaning, rule.why, rule.bad, rule.better})
      CHECK_FALSE(part.empty());
    CHECK(lint_rule(rule.code) == &rule);
  }
  CHECK_FALSE(seen.contains(all_lint_rules));
}
