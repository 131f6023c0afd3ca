#include <doctest/doctest.h>
#include <algorithm>

#include "lint_world.h"

using namespace reg;
using reg_test::brief;
using reg_test::codes;
using reg_test::lint_of;
using reg_test::TestWorkspace;
using Texts = std::vector<std::string>;

namespace {

std::string symbol(const std::string& target, const std::string& select,
                   const std::string& more = {}) {
  return "[[symbols]]\nregistry = 'R'\noid = 'o'\ntarget = '" + target + "'\n" +
         (select.empty() ? "" : "select = \"" + select + "\"\n") + more;
}

const LintFinding& only(const LintReport& report) {
  REQUIRE(report.findings.size() == 1);
  return report.findings.front();
}

}  // namespace

TEST_CASE("an implementation that no context fits never applies, and is not shadowed as well") {
  const LintReport report =
      lint_of(symbol("a.A", "sm >= 90 & sm < 80") + symbol("a.B", "sm >= 10"));
  const LintFinding& finding = only(report);
  CHECK(finding.code == "never-applies");
  CHECK(finding.target == "a.A");
  CHECK(finding.place == Place{"m.reg.toml", 5, 10});
  CHECK_FALSE(finding.witness);
}

TEST_CASE("nothing is claimed of what is scored by its origin, which is not known here") {
  const std::string fits = "region == self.origin.site";
  const std::string by_default = "[registries.R]\nselect = '" + fits + "'\n";
  CHECK(codes(lint_of(by_default + symbol("a.A", "") + symbol("a.B", ""))).empty());
  CHECK(codes(lint_of(symbol("a.A", fits) + symbol("a.B", fits))).empty());
  CHECK(codes(lint_of("[predicates]\nnear = '" + fits + "'\n" + symbol("a.A", "near()"))).empty());
  CHECK(codes(lint_of(symbol("a.A", "~self.origin | ~has(sm) | has(sm)"))).empty());
  // Nor that it beats another; what does not depend on it is claimed as before.
  const std::string here = symbol("a.Here", "sm >= 80 & ~self.origin");
  CHECK(codes(lint_of(here + symbol("a.B", "sm >= 90"))).empty());
  CHECK(codes(lint_of(here + symbol("a.B", "sm >= 90 & sm < 80"))) == Texts{"never-applies"});
}

TEST_CASE("a shadowed implementation names who beats it, and a context in which it applies") {
  const LintReport report = lint_of(symbol("a.Any", "sm >= 80") + symbol("a.Hopper", "sm >= 90"));
  const LintFinding& finding = only(report);
  CHECK(finding.code == "shadowed");
  CHECK(finding.target == "a.Hopper");
  CHECK(finding.message.find("\"a.Any\" scores at least as much, and is registered before it") !=
        std::string::npos);
  REQUIRE(finding.witness);
  CHECK((*finding.witness)["sm"] >= 90);
  CHECK(finding.related.at(0).place == Place{"m.reg.toml", 1, 1});
}

TEST_CASE("a symbol's allow leaves out what is said of it") {
  const std::string any = symbol("a.Any", "sm >= 80");
  CHECK(codes(lint_of(any + symbol("a.B", "sm >= 90", "allow = ['shadowed']\n"))).empty());
  CHECK(codes(lint_of(any + symbol("a.B", "sm >= 90", "allow = ['always-ties']\n"))) ==
        Texts{"shadowed"});
}

TEST_CASE("implementations that always tie are said to, once, and not to be shadowed") {
  const std::string two = symbol("a.A", "ext == 'png'") + symbol("a.B", "'png' == ext");
  const LintFinding finding = only(lint_of(two));
  CHECK(finding.code == "always-ties");
  CHECK(finding.target == "a.B");
  CHECK(finding.message.find("\"a.A\" wins, as the first") != std::string::npos);
  CHECK(codes(lint_of(two + symbol("a.C", "ext == 'png'"))) == Texts{"always-ties"});
  CHECK(codes(lint_of(two + symbol("a.C", "ext == 'png'", "allow = ['always-ties']\n"))) ==
        Texts{"always-ties"});
  CHECK(codes(lint_of(symbol("a.A", "ext == 'png'") +
                      symbol("a.B", "'png' == ext", "allow = ['always-ties']\n")))
            .empty());
}

TEST_CASE("those that tie and can never win are shadowed by the others") {
  const std::string best = symbol("a.Best", "ext & yes(5)");
  const LintReport report =
      lint_of(best + symbol("a.A", "ext == 'png'") + symbol("a.B", "'png' == ext"));
  CHECK(codes(report) == Texts{"shadowed", "shadowed"});
}

TEST_CASE("a predicate that reads facts and always holds is found; yes() is not") {
  const LintReport report = lint_of(symbol("a.A", "ext != 'png' | ext != 'jpeg'"));
  CHECK(brief(report) == Texts{"m.reg.toml:5:10 always-holds"});
  CHECK(codes(lint_of(symbol("a.A", "yes(2)"))).empty());
  CHECK(codes(lint_of(symbol("a.A", ""))).empty());
}

TEST_CASE("an unconditional default that others always outdo is shadowed") {
  CHECK(codes(lint_of(symbol("a.Default", "") + symbol("a.Best", "yes(1)"))) == Texts{"shadowed"});
  CHECK(codes(lint_of(symbol("a.Default", "") + symbol("a.Fast", "sm >= 90"))).empty());
}

TEST_CASE("what the registry's select does for all symbols is said once, of the registry") {
  const std::string never = "[registries.R]\nselect = 'sm > 1 & sm < 1'\n";
  CHECK(brief(lint_of(never + symbol("a.A", "") + symbol("a.B", ""))) ==
        Texts{"m.reg.toml:2:10 never-applies"});
  CHECK(brief(lint_of(never + symbol("a.A", ""))) == Texts{"m.reg.toml:3:1 never-applies"});
  const std::string always = "[registries.R]\nselect = '~(sm > 1 & sm < 1)'\n";
  CHECK(brief(lint_of(always + symbol("a.A", ""))) == Texts{"m.reg.toml:2:10 always-holds"});
}

TEST_CASE("a symbol that the registry's select leaves out by its own info is found by itself") {
  const std::string registry =
      "[registries.R]\nfields = ['device']\ncontext = { device = 'string' }\n"
      "select = 'device == self.device'\n";
  const LintReport report = lint_of(registry + symbol("a.A", "", "info = { device = 'cpu' }\n") +
                                    symbol("a.B", "", "info = { device = 1 }\n"));
  CHECK(codes(report) == Texts{"never-applies"});
  CHECK(report.findings.at(0).target == "a.B");
}

TEST_CASE("what a merge copies is remarked on at its original only") {
  CHECK(codes(lint_of(symbol("a.A", "sm > 1 & sm < 1") +
                      "[[merge]]\ninto = 'A'\nfrom = ['R']\n")) == Texts{"never-applies"});
}

TEST_CASE("a claim that rests on [context] says so") {
  TestWorkspace world(reg_test::Files{{"m.reg.toml", symbol("a.A", "build == 'debug'")}});
  world.put("registry.toml",
            "[workspace]\nname = 'test'\nsources = ['.']\n[context]\nbuild = 'debug'\n");
  CHECK(codes(lint_of(world)).empty());  // a caller may give another
}

TEST_CASE(
    "the example of each rule that needs reasoning has just that finding, the better one none") {
  for (const std::string code : {"never-applies", "shadowed", "always-ties", "always-holds"}) {
    CAPTURE(code);
    TestWorkspace world;
    const std::string config = "[workspace]\nname = 'test'\nsources = ['.']\n";
    const std::string bad(lint_rule(code)->bad), better(lint_rule(code)->better);
    world.put("registry.toml", config + bad);
    CHECK(codes(lint_of(world)) == Texts{code});
    const std::size_t last = bad.rfind("select = ");
    world.put("registry.toml", config + bad.substr(0, last) + better);
    CHECK(codes(lint_of(world)).empty());
  }
}

TEST_CASE("nothing is asked of reasoning where all that it finds is allowed") {
  LintOptions options;
  options.levels.allow = {"never-applies", "shadowed", "always-ties", "always-holds"};
  const LintReport report = lint_of(symbol("a.A", "sm > 1 & sm < 1"), options);
  CHECK(report.findings.empty());
  CHECK(report.undecided == 0);
}

TEST_CASE("of what is pinned nothing is said that its pin settles, and of the others still") {
  TestWorkspace world(
      reg_test::Files{{"m.reg.toml", symbol("a.Any", "sm >= 80") + symbol("a.B", "sm >= 90") +
                                         symbol("a.C", "sm >= 91") + symbol("a.D", "ext == 'png'") +
                                         symbol("a.E", "'png' == ext")}});
  const auto pin = [&](const std::string& target) {
    world.put("manual.reg.json", R"({"pins":[{"registry":"R","oid":"o","target":")" + target +
                                     R"(","reason":"for now"}]})");
  };
  CHECK(codes(lint_of(world)) == Texts{"shadowed", "shadowed", "always-ties"});
  pin("a.C");
  const LintReport report = lint_of(world);
  CHECK(codes(report) == Texts{"shadowed", "always-ties"});
  CHECK(report.findings.at(0).target == "a.B");
  pin("a.E");
  CHECK(codes(lint_of(world)) == Texts{"shadowed", "shadowed"});
}

TEST_CASE("what never applies is told by the parts that no context fits") {
  const auto hint = [](const std::string& select, const std::string& info = {}) {
    return only(lint_of("[registries.R]\nfields = ['min_sm', 'device']\n" +
                        symbol("a.A", select, info)))
        .hint;
  };
  const std::string info = "info = { device = 'cpu', min_sm = 1 }\n";
  CHECK(hint("device == 'cpu' & sm >= 90 & ext == 'png' & sm < 80", info) ==
        "sm >= 90 and sm < 80 never hold together");
  CHECK(hint("ext == 'png' & (sm > 9 & sm < 8 | sm > 7 & sm < 6)", info) ==
        "sm > 9 & sm < 8 | sm > 7 & sm < 6 never holds");
  CHECK(hint("sm > 9 & sm < 8 | ext > 9 & ext < 8", info).starts_with("no context makes"));
}
