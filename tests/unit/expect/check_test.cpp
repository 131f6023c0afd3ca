#include "workspace.h"

#include <doctest/doctest.h>
#include <reg/manual.h>

using namespace reg;
using namespace reg_test;

namespace {

using Texts = std::vector<std::string>;

Texts messages(const ExpectationResult& result) {
  Texts texts;
  for (const Diagnostic& each : result.diagnostics) {
    const char* const level = each.severity == Severity::Error ? "error: " : "warning: ";
    texts.push_back(level + each.message + (each.hint.empty() ? "" : " (" + each.hint + ")"));
  }
  return texts;
}

}  // namespace

TEST_CASE("an expectation is met by the winner, by none, or by exactly those that are tied") {
  const PickWorkspace workspace;
  CHECK(workspace.check(expect("a", {"m:a"})).status == ExpectationStatus::Met);
  CHECK(workspace.check(expect("x", {})).status == ExpectationStatus::Met);
  CHECK(workspace.check(expect("t", {"m:b", "m:a"})).status == ExpectationStatus::Met);
  const ExpectationResult met = workspace.check(expect("b", {"m:b"}));
  CHECK(met.got == Texts{"m:b"});
  CHECK(!met.selection);
  CHECK(met.diagnostics.empty());
}

TEST_CASE("what is not met says what was expected and what came, with the reasons") {
  const PickWorkspace workspace;
  const ExpectationResult other = workspace.check(expect("b", {"m:a"}));
  CHECK(other.status == ExpectationStatus::Failed);
  CHECK(messages(other) == Texts{"error: Pick/o: expected m:a, got m:b"});
  REQUIRE(other.selection);
  CHECK(other.selection->candidates.at(0).trace);
  CHECK(messages(workspace.check(expect("x", {"m:a"}))) ==
        Texts{"error: Pick/o: expected m:a, got none"});
  CHECK(messages(workspace.check(expect("a", {}))) ==
        Texts{"error: Pick/o: expected none, got m:a"});
  CHECK(messages(workspace.check(expect("a", {"m:a", "m:b"}))) ==
        Texts{"error: Pick/o: expected a tie of m:a, m:b, got m:a"});
  CHECK(messages(workspace.check(expect("t", {"m:b", "m:c"}))) ==
        Texts{"error: Pick/o: expected a tie of m:b, m:c, got a tie of m:a, m:b (m:c is no "
              "implementation of it; did you mean \"m:a\"?)"});
  CHECK(messages(workspace.check(expect("a", {"m:aa"}))) ==
        Texts{"error: Pick/o: expected m:aa, got m:a (m:aa is no implementation of it; did you "
              "mean \"m:a\"?)"});
}

TEST_CASE("who wins by registration order only is expected with a warning, who loses by it fails") {
  const PickWorkspace workspace;
  const ExpectationResult first = workspace.check(expect("t", {"m:a"}));
  CHECK(first.status == ExpectationStatus::Met);
  CHECK(messages(first) ==
        Texts{"warning: Pick/o: 2 implementations share the score 1: m:a, m:b; the first is taken "
              "(`tie = […]` expects exactly these)"});
  const ExpectationResult second = workspace.check(expect("t", {"m:b"}));
  CHECK(second.status == ExpectationStatus::Failed);
  CHECK(messages(second) == Texts{"error: Pick/o: expected m:b, got m:a, the first registered of a "
                                  "tie of m:a, m:b"});
}

TEST_CASE("an unknown registry or oid fails, even where none is expected") {
  const PickWorkspace workspace;
  Expectation unknown = expect("x", {});
  unknown.oid = "oo";
  ExpectationResult result = workspace.check(unknown);
  CHECK(result.status == ExpectationStatus::Failed);
  CHECK(!result.got);
  CHECK(messages(result).size() == 1);
  unknown.registry = "Pik";
  unknown.oid = "o";
  result = workspace.check(unknown);
  CHECK(result.status == ExpectationStatus::Failed);
  CHECK(messages(result) == Texts{"error: Pik/o: there is no registry \"Pik\" (did you mean "
                                  "\"Pick\"?)"});
  unknown.registry = "";
  unknown.oid = "nothing";
  result = workspace.check(unknown);
  CHECK(result.status == ExpectationStatus::Failed);
  CHECK(messages(result) == Texts{"error: no registry has \"nothing\""});
}

TEST_CASE("the registry may be left out where only one has the oid") {
  const PickWorkspace workspace(
      "[[symbols]]\nregistry = \"Other\"\noid = \"p\"\ntarget = \"m:p\"\n"
      "[[symbols]]\nregistry = \"Third\"\noid = \"p\"\ntarget = \"m:q\"\n");
  Expectation expectation = expect("a", {"m:a"});
  expectation.registry = "";
  const ExpectationResult found = workspace.check(expectation);
  CHECK(found.status == ExpectationStatus::Met);
  CHECK(found.expectation.registry == "Pick");
  expectation.oid = "p";
  const ExpectationResult open = workspace.check(expectation);
  CHECK(open.status == ExpectationStatus::Invalid);
  CHECK(messages(open) == Texts{"error: \"p\" is in several registries: Other, Third (say which "
                                "one is meant: `registry = \"Other\"`)"});
}

TEST_CASE("a fact of the wrong type, or a slip in the name of a declared one, is invalid") {
  const PickWorkspace workspace;
  workspace.put("slips.regtest.toml",
                "[[expect]]\noid = \"o\"\nctx.level = \"high\"\nnone = true\n"
                "[[expect]]\noid = \"o\"\nctx.pik = \"a\"\nnone = true\n"
                "[[expect]]\noid = \"o\"\nctx.machine = \"a\"\nnone = true\n");
  const std::vector<ExpectationResult> results =
      workspace.check(workspace.read("slips.regtest.toml"));
  REQUIRE(results.size() == 3);
  CHECK(results[0].status == ExpectationStatus::Invalid);
  REQUIRE(results[0].diagnostics.size() == 1);
  CHECK(results[0].diagnostics[0].place.line == 3);
  CHECK(messages(results[0]) == Texts{"error: Pick/o: the fact \"level\" of the registry \"Pick\" "
                                      "is int, but \"high\" is given"});
  CHECK(results[1].status == ExpectationStatus::Invalid);
  CHECK(messages(results[1]) == Texts{"error: Pick/o: the registry knows no fact \"pik\" (did you "
                                      "mean \"pick\"?)"});
  CHECK(results[1].diagnostics.at(0).place.line == 7);
  CHECK(results[2].status == ExpectationStatus::Met);
  CHECK(messages(results[2]) ==
        Texts{"warning: Pick/o: the registry does not declare the fact machine, so that nothing "
              "depends on it (its facts are pick, level)"});
  CHECK(results[2].diagnostics[0].place.line == 11);
}

TEST_CASE("a name in quotes that is spelled like the path of a fact is invalid") {
  const PickWorkspace workspace(
      "[registries.Deep]\ncontext = { \"cpu.isa\" = \"list\" }\n[[symbols]]\nregistry = \"Deep\"\n"
      "oid = \"d\"\ntarget = \"m:d\"\nselect = '\"avx2\" in cpu.isa'\n");
  Expectation expectation = expect("a", {});
  expectation.registry = "Deep";
  expectation.oid = "d";
  expectation.context = {{"cpu.isa", {"avx2"}}};
  const ExpectationResult result = workspace.check(expectation);
  CHECK(result.status == ExpectationStatus::Invalid);
  CHECK(
      messages(result) ==
      Texts{"error: Deep/d: the name \"cpu.isa\" is not the fact cpu.isa (a name in quotes is one "
            "name: nest it, as in `ctx.cpu.isa = …`)"});
  expectation.context = {{"cpu", {{"isa", {"avx2"}}}}};
  expectation.targets = {"m:d"};
  CHECK(messages(workspace.check(expectation)).empty());
}

TEST_CASE("where a pin decides, it is named, and what is now is not recorded") {
  const PickWorkspace workspace;
  (void)pin_symbol(workspace.workspace(), "Pick", {"o", "m:b", "a is slow"});
  const ExpectationResult second = workspace.check(expect("t", {"m:a"}));
  CHECK(messages(second) ==
        Texts{"error: Pick/o: expected m:a, got m:b, which is pinned (pinned: a "
              "is slow; without the pin, m:a would win)"});
  CHECK(!is_recordable(second));
  const ExpectationResult tie = workspace.check(expect("t", {"m:a", "m:b"}));
  CHECK(tie.status == ExpectationStatus::Failed);
  CHECK(!is_recordable(tie));
  const ExpectationResult alone = workspace.check(expect("b", {"m:a"}));
  CHECK(messages(alone) == Texts{"error: Pick/o: expected m:a, got m:b"});
  CHECK(is_recordable(alone));
  workspace.put("x.regtest.toml", "[[expect]]\noid = \"o\"\nctx.pick = \"t\"\ntarget = \"m:a\"\n");
  const ExpectationFile file = workspace.read("x.regtest.toml");
  CHECK(record_expectations(workspace.workspace(), file, workspace.check(file)).recorded.empty());
}

TEST_CASE("what is asked twice is told, with the place of the first") {
  const PickWorkspace workspace;
  workspace.put("twice.regtest.toml",
                "[[expect]]\noid = \"o\"\nctx.pick = \"a\"\ntarget = \"m:a\"\n"
                "[[expect]]\noid = \"o\"\nctx.pick = \"b\"\ntarget = \"m:b\"\n"
                "[[expect]]\nregistry = \"Pick\"\noid = \"o\"\nctx.pick = \"a\"\nnone = true\n");
  const std::vector<Diagnostic> repeated =
      repeated_expectations(workspace.check(workspace.read("twice.regtest.toml")));
  REQUIRE(repeated.size() == 1);
  CHECK(repeated[0].place.line == 9);
  CHECK(repeated[0].message == "Pick/o: " + (workspace / "twice.regtest.toml").string() +
                                   ":1:1 asks for the same context already");
}

TEST_CASE("the workspace's own context lies below that of an expectation") {
  const PickWorkspace workspace;
  workspace.put("registry.toml",
                "[workspace]\nsources = ['kernels']\n[context]\npick = \"a\"\n"
                "[[expect]]\noid = \"o\"\ntarget = \"m:a\"\n"
                "[[expect]]\noid = \"o\"\nctx.pick = \"b\"\ntarget = \"m:b\"\n");
  workspace.require_update();
  const ExpectationFile file = workspace.read("registry.toml");
  REQUIRE(file.expectations.size() == 2);
  for (const ExpectationResult& result : workspace.check(file))
    CHECK(result.status == ExpectationStatus::Met);
}

TEST_CASE("expectations in a manifest change nothing in the cache, in a full or incremental run") {
  const std::string symbols = "[[symbols]]\nregistry = \"Other\"\noid = \"p\"\ntarget = \"m:p\"\n";
  const PickWorkspace without(symbols), with(symbols + "[[expect]]\noid = \"p\"\nnone = true\n");
  const std::string cache = ".reg/registry_cache.json";
  CHECK(with.get(cache) == without.get(cache));
  without.put("more.reg.toml", symbols + "[[expect]]\noid = \"p\"\ntarget = \"m:p\"\n");
  CHECK(!without.update().failed);
  CHECK(with.get(cache) == without.get(cache));
  without.put("more.reg.toml", symbols + "[[expect]]\noid = \"p\"\n");
  CHECK(without.update().failed);
}
