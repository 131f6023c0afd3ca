#include <doctest/doctest.h>
#include <algorithm>
#include <filesystem>

#include "lint_world.h"

using namespace reg;
using reg_test::brief;
using reg_test::codes;
using reg_test::lint_of;
using reg_test::TestWorkspace;
using Texts = std::vector<std::string>;

namespace {

LintOptions denying(const std::string& code) {
  LintOptions options;
  options.levels.deny = {code};
  return options;
}

constexpr const char* with_unused_fact = R"toml([registries.Kernel]
context = { sm = "int", driver = "version" }
[[symbols]]
registry = "Kernel"
oid = "gemm"
target = "k.Gemm"
select = "sm >= 80"
)toml";

}  // namespace

TEST_CASE("a declared fact that no predicate reads is found where it is declared") {
  const LintReport report = lint_of(with_unused_fact);
  CHECK(brief(report) == Texts{"m.reg.toml:2:25 unused-fact driver"});
  CHECK(report.findings.at(0).registry == "Kernel");
  CHECK(report.findings.at(0).level == LintLevel::Warn);
  CHECK(report.denied == 0);
  CHECK(report.declarations_known);
}

TEST_CASE(
    "a fact is read by named predicates, as a part, as a whole, and by what `when` leaves out") {
  const char* manifest = R"toml([registries.R]
context = { device = "string", cpu = "object", "bundle.name" = "string", later = "int" }
[predicates]
gpu = "device == 'cuda'"
[[symbols]]
registry = "R"
target = "a.A"
select = "gpu() & cpu.cores > 2 & bundle"
[[symbols]]
registry = "R"
target = "a.B"
select = "later > 1"
when = "false"
)toml";
  CHECK(brief(lint_of(manifest)).empty());
}

TEST_CASE("a field that no symbol gives is unused, or ungiven where a predicate reads it") {
  const char* manifest = R"toml([registries.R]
fields = ["a", "b", "c", "d"]
select = "x == self.b | x == 1"
[[symbols]]
registry = "R"
target = "a.A"
info = { a = 1 }
[[symbols]]
registry = "R"
target = "a.B"
select = "y == self.c & self.c > 1 | y == 1"
)toml";
  CHECK(brief(lint_of(manifest)) == Texts{"m.reg.toml:2:26 unused-field d",
                                          "m.reg.toml:3:16 ungiven-field b",
                                          "m.reg.toml:11:16 ungiven-field c"});
}

TEST_CASE("a field that only symbols give that are left out is given") {
  const char* manifest = R"toml([registries.R]
fields = ["a"]
[[symbols]]
registry = "R"
target = "a.A"
[[symbols]]
registry = "R"
target = "a.B"
oid = "b"
info = { a = 1 }
when = "false"
)toml";
  CHECK(codes(lint_of(manifest)).empty());
}

TEST_CASE("a registry without symbols has no unused facts or fields") {
  CHECK(codes(lint_of("[registries.R]\nfields = ['a']\ncontext = ['x']\n")).empty());
}

TEST_CASE("named predicates are used by symbols, registries, `when`s, and by those that are used") {
  const char* manifest = R"toml([predicates]
own = "a == 1"
fallback = "b == 1"
condition = "build == 1"
inner = "c == 1"
outer = "inner()"
deep = "alone()"
alone = "d == 1"
left_out = "e == 1"
[registries.R]
select = "fallback()"
[[symbols]]
registry = "R"
target = "a.A"
select = "own() & outer()"
[[symbols]]
registry = "R"
target = "a.B"
select = "left_out()"
when = "condition()"
)toml";
  CHECK(brief(lint_of(manifest)) == Texts{"m.reg.toml:7:1 unused-predicate deep",
                                          "m.reg.toml:8:1 unused-predicate alone",
                                          "m.reg.toml:11:10 unused-select"});
}

TEST_CASE("a fact of [context] that nothing reads or declares is found, with the nearest one") {
  TestWorkspace world(
      reg_test::Files{{"m.reg.toml",
                       "[registries.R]\ncontext = ['declared']\nselect = 'true'\n"
                       "[registries.S]\nselect = \"device == 'cpu' & cpu.isa\"\n"}});
  world.put("registry.toml",
            "[workspace]\nname = 'test'\nsources = ['.']\n"
            "[context]\ndevise = 'cpu'\ndevice = 'cpu'\ndeclared = 1\ncpu = { isa = [] }\n");
  const LintReport report = lint_of(world);
  CHECK(brief(report) == Texts{"registry.toml:5:1 unread-context devise"});
  CHECK(report.findings.at(0).hint == "did you mean \"device\"?");
}

TEST_CASE(
    "of two undeclared facts that are one letter apart, the rarer one is found in its predicate") {
  const char* manifest = R"toml([[symbols]]
registry = "R"
oid = "a"
target = "a.A"
select = "device == 'cuda'"
[[symbols]]
registry = "R"
oid = "b"
target = "a.B"
select = "device == 'cpu'"
[[symbols]]
registry = "R"
oid = "c"
target = "a.C"
select = "sm > 1 & devise == 'cpu'"
)toml";
  const LintReport report = lint_of(manifest);
  CHECK(brief(report) == Texts{"m.reg.toml:15:20 near-facts devise"});
  CHECK(report.findings.at(0).hint == "did you mean \"device\"?");
}

TEST_CASE("a fact that [context] gives or a registry declares is no slip; one near it is") {
  TestWorkspace world(
      reg_test::Files{{"m.reg.toml",
                       "[[symbols]]\nregistry = 'R'\ntarget = 'a.A'\nselect = \"devise == 1\"\n"
                       "[[symbols]]\nregistry = 'R'\ntarget = 'a.B'\nselect = \"driver == 1\"\n"
                       "[registries.S]\ncontext = ['device']\n"}});
  world.put("registry.toml",
            "[workspace]\nname = 'test'\nsources = ['.']\n[context]\ndriver = 1\ndrivers = 1\n");
  CHECK(brief(lint_of(world)) ==
        Texts{"m.reg.toml:4:11 near-facts devise", "registry.toml:6:1 unread-context drivers"});
}

TEST_CASE("of two near fields the one that fewer symbols give is found, with the other's place") {
  const char* manifest = R"toml([registries.R]
fields = ["extension", "extensions"]
[[symbols]]
registry = "R"
target = "a.A"
info = { extensions = ["png"] }
)toml";
  const LintReport report = lint_of(manifest);
  REQUIRE(brief(report) ==
          Texts{"m.reg.toml:2:11 near-names extension", "m.reg.toml:2:11 unused-field extension"});
  CHECK(report.findings.at(0).related.at(0).place == Place{"m.reg.toml", 2, 24});
}

TEST_CASE("levels: options count for more than [lint], a code for more than all") {
  TestWorkspace world(reg_test::Files{{"m.reg.toml", with_unused_fact}});
  const std::string config = "[workspace]\nname = 'test'\nsources = ['.']\n[lint]\n";
  world.put("registry.toml", config + "deny = ['unused-fact']\n");
  CHECK(lint_of(world).denied == 1);
  world.put("registry.toml", config + "deny = ['all']\nwarn = ['unused-fact']\n");
  CHECK(lint_of(world).denied == 0);
  CHECK(lint_of(world, denying("unused-fact")).denied == 1);
  world.put("registry.toml", config + "allow = ['unused-fact']\n");
  CHECK(lint_of(world).findings.empty());
  CHECK(lint_of(world, denying("all")).denied == 1);
}

TEST_CASE("what is no code, or is given two levels, is an error") {
  CHECK_THROWS_WITH_AS((void)lint_of(with_unused_fact, denying("unused-fcat")),
                       "there is no finding with the code \"unused-fcat\"", UsageError);
  LintOptions options = denying("shadowed");
  options.levels.allow = {"shadowed"};
  CHECK_THROWS_WITH_AS((void)lint_of(with_unused_fact, options), "\"shadowed\" is given two levels",
                       UsageError);
}

TEST_CASE("in chosen registries, nothing is said of others and of the whole workspace") {
  const std::string manifest = std::string(with_unused_fact) +
                               "[registries.S]\ncontext = ['x']\n[[symbols]]\nregistry = 'S'\n"
                               "target = 'a.A'\n[predicates]\nidle = \"x == 1\"\n";
  CHECK(brief(lint_of(manifest)).size() == 3);
  LintOptions options;
  options.registries = {"S", "S"};
  CHECK(brief(lint_of(manifest, options)) == Texts{"m.reg.toml:9:12 unused-fact x"});
  options.registries = {"Kernell"};
  CHECK_THROWS_AS((void)lint_of(manifest, options), RegistryNotFound);
}

TEST_CASE(
    "a declaration that several registries have, by name or by a merge, is remarked on once") {
  const char* manifest = R"toml([[symbols]]
registry = ["A", "B"]
target = "a.A"
select = "device == 'cuda' & devise == 1"
[[merge]]
into = "C"
from = ["A"]
)toml";
  CHECK(codes(lint_of(manifest)) == Texts{"near-facts"});
}

TEST_CASE("of what a merge copied is remarked only what is not so of the original") {
  const char* manifest = R"toml([[symbols]]
registry = "K"
oid = "o"
target = "k.First"
select = "yes(2)"
[[symbols]]
registry = "K"
oid = "o"
target = "k.Second"
select = "sm >= 80"
[[symbols]]
registry = "G"
oid = "o"
target = "g.Best"
select = "yes(3)"
[[merge]]
into = "G"
from = ["K"]
)toml";
  Texts found;
  for (const LintFinding& each : lint_of(manifest).findings)
    found.push_back(each.code + ' ' + each.registry + ' ' + each.target);
  CHECK(found == Texts{"shadowed G k.First", "shadowed K k.Second"});
}

TEST_CASE("of a predicate that only unused ones call it is said who they are") {
  const LintReport report = lint_of(R"toml([predicates]
inner = "c == 1"
outer = "inner()"
[[symbols]]
registry = "R"
target = "a.A"
)toml");
  Texts found;
  for (const LintFinding& each : report.findings) found.push_back(each.message);
  CHECK(found == Texts{"only unused predicates call the named predicate \"inner\": \"outer\"",
                       "nothing calls the named predicate \"outer\""});
}

TEST_CASE(
    "without the sidecar, it is said that declarations are not known, and nothing is claimed") {
  TestWorkspace world(reg_test::Files{{"m.reg.toml", with_unused_fact}});
  REQUIRE_FALSE(world.run().failed);
  std::filesystem::remove(world.cache_path().string() + ".state");
  const LintReport report = lint(Cache::open(world.get()));
  CHECK(report.findings.empty());
  CHECK_FALSE(report.declarations_known);
}

TEST_CASE("a finding stays at its declaration where the source is another by now") {
  TestWorkspace world(reg_test::Files{{"m.reg.toml",
                                       "[[symbols]]\nregistry = 'R'\ntarget = 'a.A'\n"
                                       "select = \"device == 1 & devise == 1\"\n"}});
  REQUIRE_FALSE(world.run().failed);
  world.put("m.reg.toml", "# nothing\n");
  CHECK(brief(lint(Cache::open(world.get()))) == Texts{"m.reg.toml:1:1 near-facts devise"});
}

TEST_CASE("a fingerprint stays the same when the finding moves, and tells findings apart") {
  const std::string text = with_unused_fact;
  const LintReport before = lint_of(text), after = lint_of("# one more line\n" + text);
  CHECK(before.findings.at(0).fingerprint == after.findings.at(0).fingerprint);
  CHECK(before.findings.at(0).place != after.findings.at(0).place);
  CHECK(before.findings.at(0).fingerprint.size() == 16);
}

TEST_CASE("facts of [context] that no predicate can name do no harm") {
  TestWorkspace world(reg_test::Files{{"m.reg.toml", with_unused_fact}});
  world.put(
      "registry.toml",
      "[workspace]\nname = 'test'\nsources = ['.']\n[context]\n\"\" = 1\n\"a\\nb\" = { \"\" = 1 }\n"
      "\"two words\" = 1\n");
  CHECK(brief(lint_of(world)) == Texts{"m.reg.toml:2:25 unused-fact driver",
                                       "registry.toml:7:1 unread-context `two words`"});
}
