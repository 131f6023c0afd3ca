#include <doctest/doctest.h>

#include "lint_world.h"

using namespace reg;
using reg_test::TestWorkspace;

namespace {

constexpr const char* allowing = R"toml([[symbols]]
registry = "A"
oid = "o"
target = "a.A"
select = "x == 1"
allow = ["shadowed", "always-ties", "shadowed"]
[[merge]]
into = "B"
from = ["A"]
)toml";

const std::vector<std::string> allowed = {"always-ties", "shadowed"};

std::string first_error(const std::string& manifest) {
  TestWorkspace world(reg_test::Files{{"m.reg.toml", manifest}});
  const auto& report = world.run();
  REQUIRE(report.failed);
  const Diagnostic& first = report.diagnostics.at(0);
  return first.place.to_string() + ": " + first.message + "; " + first.hint;
}

}  // namespace

TEST_CASE("what a symbol allows is kept in the cache, sorted, and goes along with copies") {
  TestWorkspace world(reg_test::Files{{"m.reg.toml", allowing}});
  REQUIRE_FALSE(world.run().failed);
  const Cache cache = Cache::open(world.get());
  CHECK(cache.implementations("A", "o").at(0).allow == allowed);
  CHECK(cache.implementations("B", "o").at(0).allow == allowed);
  CHECK(cache.verify().empty());
}

TEST_CASE("a change of what is allowed is a change, with the same bytes as a full run") {
  TestWorkspace world(reg_test::Files{{"m.reg.toml", allowing}});
  REQUIRE_FALSE(world.run().failed);
  std::string text = allowing;
  text.replace(text.find("\"always-ties\", "), 15, "");
  world.put("m.reg.toml", text);
  REQUIRE_FALSE(world.run().failed);
  const std::string incremental = world.cache();
  CHECK(incremental.find("always-ties") == std::string::npos);
  AutoRegisterOptions full;
  full.reuse = Reuse::Nothing;
  REQUIRE_FALSE(world.run(full).failed);
  CHECK(world.cache() == incremental);
}

TEST_CASE("a code that is none, or not about symbols, is an error at its place") {
  const std::string symbol = "[[symbols]]\nregistry = 'A'\ntarget = 'a.A'\n";
  CHECK(first_error(symbol + "allow = ['shadwed']\n") ==
        "m.reg.toml:4:10: symbols[0].allow[0]: there is no finding with the code \"shadwed\"; did "
        "you "
        "mean \"shadowed\"?");
  CHECK(first_error(symbol + "allow = ['unused-fact']\n") ==
        "m.reg.toml:4:10: symbols[0].allow[0]: \"unused-fact\" is not about symbols; [lint] in "
        "registry.toml allows it");
  CHECK(first_error(symbol + "allow = 'shadowed'\n").starts_with("m.reg.toml:4:9: "));
}

TEST_CASE("[lint] belongs into registry.toml, and has known codes, each in one list") {
  CHECK(first_error("[lint]\ndeny = ['all']\n").find("only registry.toml may have this") !=
        std::string::npos);
  TestWorkspace world;
  const std::string config = "[workspace]\nname = 'test'\nsources = ['.']\n[lint]\n";
  world.put("registry.toml", config + "deny = ['shadwed']\n");
  CHECK(world.run().failed);
  world.put("registry.toml", config + "deny = ['shadowed']\nallow = ['shadowed']\n");
  CHECK(world.run().failed);
  world.put("registry.toml", config + "deny = ['shadowed', 'all']\nallow = ['near-names']\n");
  REQUIRE_FALSE(world.run().failed);
  const LintSettings settings = lint_settings(Cache::open(world.get()));
  CHECK(settings.deny == std::vector<std::string>{"all", "shadowed"});
  CHECK(settings.allow == std::vector<std::string>{"near-names"});
}

TEST_CASE("levels are what [lint] says now, and what is wrong there is an error with its place") {
  TestWorkspace world;
  const std::string config = "[workspace]\nname = 'test'\nsources = ['.']\n";
  world.put("registry.toml", config);
  REQUIRE_FALSE(world.run().failed);
  const Cache cache = Cache::open(world.get());
  const auto place_of_error = [&](const std::string& text) {
    world.put("registry.toml", config + text);
    try {
      (void)lint(cache);
    } catch (const InputError& error) {
      return error.diagnostics().at(0).place;
    }
    return Place{"no error"};
  };
  world.put("registry.toml", config + "[lint]\ndeny = ['all']\n");
  CHECK(lint_settings(cache).deny == std::vector<std::string>{"all"});
  CHECK(place_of_error("[lint]\ndenyy = ['all']\n") == Place{"registry.toml", 5, 1});
  CHECK(place_of_error("[lint]\ndeny = 'all'\n") == Place{"registry.toml", 5, 8});
  CHECK(place_of_error("[lint]\ndeny = ['al']\n") == Place{"registry.toml", 5, 9});
  CHECK(place_of_error("[lnit]\ndeny = ['all']\n").line == 4);
  CHECK(place_of_error("[lint\n").line == 4);
  CHECK(lint_settings(Cache::open(world.get().cache())).empty());
}
