#include "reading.h"

#include <doctest/doctest.h>
#include <manifest/expect_reader.h>

using namespace reg;
using namespace reg::test;

namespace {

ExpectDocument read_tests(std::string_view text) {
  return read_expect_document(text, "t.regtest.toml", ManifestFormat::TomlText,
                              ExpectHolder::TestFile);
}

Lines problems_of(const ExpectDocument& document) {
  Declarations shown;
  shown.diagnostics = document.diagnostics;
  return problems(shown);
}

}  // namespace

TEST_CASE("an expectation has an oid, a context, and one of three outcomes, each with its place") {
  const ExpectDocument read = read_tests(R"([[expect]]
registry = "Kernel"
oid = "gemm"
ctx = { sm = 90, cpu.isa = ["avx2"] }
target = "a:b"
doc = "why"
[[expect]]
oid = "gemm"
ctx."cpu.isa" = 2.10
none = true
[[expect]]
oid = "gemm"
tie = ["a", "b"]
)");
  REQUIRE(problems_of(read).empty());
  REQUIRE(read.entries.size() == 3);
  const Expectation& first = read.entries[0].expectation;
  CHECK(first.registry == "Kernel");
  CHECK(first.oid == "gemm");
  CHECK(first.context == Json::parse(R"({"sm": 90, "cpu": {"isa": ["avx2"]}})"));
  CHECK(first.targets == Lines{"a:b"});
  CHECK(first.doc == "why");
  CHECK(first.source == Place{"t.regtest.toml", 1, 1});
  CHECK(first.oid_place == Place{"t.regtest.toml", 3, 7});
  CHECK(first.outcome == Place{"t.regtest.toml", 5, 10});
  REQUIRE(first.facts.size() == 3);
  CHECK(first.facts[0] == FactPlace{"sm", {"t.regtest.toml", 4, 9}});
  CHECK(first.facts[2].path == "cpu.isa");
  const Expectation& second = read.entries[1].expectation;
  CHECK(second.registry.empty());
  CHECK(second.targets.empty());
  CHECK(second.facts[0].path == "`cpu.isa`");
  CHECK(to_text(second.context) == R"({"cpu.isa":2.10})");
  CHECK(read.entries[2].expectation.targets == Lines{"a", "b"});
}

TEST_CASE("what is wrong in an expectation is told with its place and the nearest known key") {
  CHECK(problems_of(read_tests(R"([[expct]]
[[expect]]
oid = "a"
targt = "x"
[[expect]]
oid = "a b"
none = false
[[expect]]
oid = "a"
tie = ["x"]
target = "x"
[[expect]]
target = "x"
ctx = []
[[expect]]
oid = "a"
registry = "__x"
tie = ["x", "x", 3]
)")) == Lines{"1:3: unknown key \"expct\" (did you mean \"expect\"?)",
              "2:1: expect[0]: says nothing of what is expected (give `target = \"…\"`, `none = "
              "true` or `tie = [\"…\", \"…\"]`)",
              "4:1: expect[0]: unknown key \"targt\" (did you mean \"target\"?)",
              "6:7: expect[1].oid: \"a b\" cannot be an oid: it cannot have white space or control "
              "characters",
              "7:8: expect[1].none: `none = false` leaves open which one is expected (give `target "
              "= \"…\"` or `tie = [\"…\", \"…\"]`)",
              "10:7: expect[2].tie: a tie is of two or more (give `target = \"…\"` for one that "
              "wins, `none = true` for none)",
              "11:1: expect[2].target: `tie` says already what is expected (`target`, `none` and "
              "`tie` exclude each other)",
              "12:1: expect[3]: the key \"oid\" is missing",
              "14:7: expect[3].ctx: expected a table, got an array",
              "17:12: expect[4].registry: \"__x\" cannot name a registry in a source: names that "
              "begin with \"__\" are private to a program",
              "18:13: expect[4].tie[1]: \"x\" is named twice",
              "18:18: expect[4].tie[2]: expected a string, got an integer"});
}

TEST_CASE("manifests may have expectations, which declare nothing, and are checked like all else") {
  const auto with = read_toml(
      "[[symbols]]\nregistry = \"r\"\ntarget = \"t\"\n"
      "[[expect]]\noid = \"t\"\ntarget = \"t\"\n");
  const auto without = read_toml("[[symbols]]\nregistry = \"r\"\ntarget = \"t\"\n");
  CHECK(problems(with).empty());
  CHECK(lines(with) == lines(without));
  CHECK(json_problems(R"({"expect": [{"oid": "a", "none": 1}, {"oid": "a", "non": true}]})") ==
        Lines{"1:34: /expect/0/none: expected true or false, got an integer",
              "1:38: /expect/1: says nothing of what is expected (give `target = \"…\"`, `none = "
              "true` or `tie = [\"…\", \"…\"]`)",
              "1:51: /expect/1: unknown key \"non\" (did you mean \"none\"?)"});
  CHECK(toml_problems("expect = 3\n") == Lines{"1:10: expect: expected an array, got an integer"});
}

TEST_CASE("a file of expectations has nothing else, and a manifest's other tables are let be") {
  CHECK(problems_of(read_tests("[[symbols]]\nregistry = \"r\"\ntarget = \"t\"\n")) ==
        Lines{"1:3: unknown key \"symbols\" (the known keys are expect)"});
  const ExpectDocument read = read_expect_document(
      "[registries.r]\nfieldz = 3\n[[expect]]\noid = \"o\"\nnone = true\n[[expects]]\n",
      "m.reg.toml", ManifestFormat::TomlText, ExpectHolder::Manifest);
  CHECK(read.entries.size() == 1);
  CHECK(problems_of(read) == Lines{"6:3: unknown key \"expects\" (did you mean \"expect\"?)"});
}
