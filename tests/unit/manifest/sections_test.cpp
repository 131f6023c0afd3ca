#include "reading.h"

#include <doctest/doctest.h>

using namespace reg;
using namespace reg::test;

TEST_CASE("registries declare documentation, fields and a select") {
  const auto read = read_toml(R"([registries.Kernel]
doc = "GEMM"
fields = ["device", "min_sm"]
select = "device==self.device"
[registries."nav2_core::Planner"]
fields = { z = "string", a = "int", n = "number", b = "bool", l = "list", o = "object", x = "any" }
[registries.empty]
)");
  CHECK(problems(read).empty());
  CHECK(summary(read)["registries"] == Json::parse(R"({
    "Kernel": {"doc": "GEMM", "fields": [["device", "any"], ["min_sm", "any"]],
               "select": "device == self.device"},
    "nav2_core::Planner": {"doc": "", "select": "", "fields": [["z", "string"], ["a", "int"],
        ["n", "number"], ["b", "bool"], ["l", "list"], ["o", "object"], ["x", "any"]]},
    "empty": {"doc": "", "fields": [], "select": ""}})"));
  REQUIRE(read.registries.size() == 3);
  CHECK(read.registries[0].name == "Kernel");
  CHECK(read.registries[0].at == Position{1, 13});
  CHECK(read.registries[0].select_at == Position{4, 10});
}

TEST_CASE("mistakes in registries are reported, and leave out what is wrong alone") {
  const auto read = read_toml(R"([registries."a b"]
[registries.__x]
[registries.r]
fields = ["oid", "f", "f", ""]
[registries.s]
fields = { self = "int", g = "integer", h = "colour", i = 3 }
[registries.t]
docs = "x"
select = "("
[registries.u]
fields = "f"
[registries.good]
)");
  auto found = problems(read);
  REQUIRE(found.size() == 12);
  CHECK(found[10].starts_with("9:12: registries.t.select: "));
  found.erase(found.begin() + 10);
  CHECK(found ==
        Lines{
            "1:13: registries: \"a b\" cannot name a registry: a registry's name has only ASCII "
            "letters, digits and _ . : -",
            "2:13: registries: \"__x\" cannot name a registry in a source: names that begin with "
            "\"__\" are private to a program",
            "4:11: registries.r.fields[0]: \"oid\" is what every symbol has and cannot be a field",
            "4:23: registries.r.fields[2]: the field \"f\" is named twice",
            "4:28: registries.r.fields[3]: a field's name cannot be empty",
            "6:12: registries.s.fields: \"self\" is what every symbol has and cannot be a field",
            "6:30: registries.s.fields.g: unknown type \"integer\" (the types are string, int, "
            "number, bool, list, object, version, any)",
            "6:45: registries.s.fields.h: unknown type \"colour\" (the types are string, int, "
            "number, bool, list, object, version, any)",
            "6:59: registries.s.fields.i: expected a string, got an integer",
            "8:1: registries.t: unknown key \"docs\" (did you mean \"doc\"?)",
            "11:10: registries.u.fields: expected an array or a table, got a string",
        });
  // What is right in them counts, so that nothing false follows from what is wrong.
  REQUIRE(read.registries.size() == 5);
  CHECK(read.registries[0].name == "r");
  CHECK(read.registries[0].fields.size() == 1);
  CHECK(read.registries[1].name == "s");
  CHECK(read.registries[2].select_failed);
  CHECK(read.registries[4].name == "good");
}

TEST_CASE("predicates are expressions, with or without parameters, or tests of a fact") {
  const auto read = read_toml(R"([predicates]
gpu = 'device in ["cuda","rocm"]'
at_least = { params = ["v", "w"], expr = 'version>=v & w' }
user_group = { fact = true }
plain = { expr = "a", fact = false }
)");
  CHECK(problems(read).empty());
  CHECK(summary(read)["predicates"] == Json::parse(R"({
    "gpu": {"params": [], "expr": "device in [\"cuda\", \"rocm\"]"},
    "at_least": {"params": ["v", "w"], "expr": "version >= v & w"},
    "user_group": {"params": [], "expr": "fact"},
    "plain": {"params": [], "expr": "a"}})"));
  CHECK(read.predicates[0].name == "gpu");
  CHECK(read.predicates[0].at == Position{2, 1});
}

TEST_CASE("mistakes in predicates are reported, and leave out that predicate alone") {
  const auto read = read_toml(R"([predicates]
"a b" = "x"
yes = "x"
in = "x"
"a() & b" = "x"
both = { fact = true, expr = "x" }
none = {}
number = 3
typo = { exp = "x" }
params = { params = ["v", "v", "a.b", "true", "v1", "self", "", "x y"], expr = "v" }
good = "x"
)");
  const std::string rule =
      " (a name has letters, digits and _, does not begin with a digit, and is no word of the "
      "language)";
  CHECK(problems(read) ==
        Lines{
            "2:1: predicates: \"a b\" cannot name a predicate" + rule,
            "3:1: predicates: \"yes\" cannot name a predicate" + rule,
            "4:1: predicates: \"in\" cannot name a predicate" + rule,
            "5:1: predicates: \"a() & b\" cannot name a predicate" + rule,
            "6:8: predicates.both: \"fact = true\" takes no \"expr\" and no \"params\"",
            "7:8: predicates.none: a predicate needs an \"expr\" or \"fact = true\"",
            "8:10: predicates.number: expected a string or a table, got an integer",
            "9:10: predicates.typo: unknown key \"exp\" (did you mean \"expr\"?)",
            "10:27: predicates.params.params[1]: the parameter \"v\" is named twice",
            "10:32: predicates.params.params[2]: \"a.b\" cannot name a parameter",
            "10:39: predicates.params.params[3]: \"true\" cannot name a parameter",
            "10:47: predicates.params.params[4]: \"v1\" cannot name a parameter",
            "10:53: predicates.params.params[5]: \"self\" cannot name a parameter",
            "10:61: predicates.params.params[6]: \"\" cannot name a parameter",
            "10:65: predicates.params.params[7]: \"x y\" cannot name a parameter",
        });
  REQUIRE(read.predicates.size() == 1);
  CHECK(read.predicates[0].name == "good");
}

TEST_CASE("a definition that does not parse is an error with a caret, wherever it stands") {
  const auto read =
      read_json(R"({"predicates": {"p": "a ==", "q": {"params": ["v"], "expr": "(v"}}})");
  REQUIRE(read.diagnostics.size() == 2);
  CHECK(read.diagnostics[0].message.starts_with("/predicates/p: "));
  CHECK(read.diagnostics[0].place.column == 27);
  CHECK(read.diagnostics[0].excerpt.ends_with("\n" + std::string(26, ' ') + "^"));
  CHECK(read.diagnostics[1].message.starts_with("/predicates/q/expr: "));
  CHECK(read.predicates.empty());
}

TEST_CASE("unregister, match and merge are read as they stand") {
  const auto read = read_toml(R"([[unregister]]
registry = "Kernel"
oid = "gemm"
target = "libgemm.so:make_old"
[[match]]
registry = "Optimizer"
from = "torch.optim"
include = ["[A-Z]*"]
exclude = ["_*"]
[[match]]
registry = "Optimizer"
from = "lib.so"
[[merge]]
into = "Backbone"
from = ["Model", "Head"]
[[merge]]
into = "Backbone"
from = "Neck"
force = true
)");
  CHECK(problems(read).empty());
  const auto all = summary(read);
  CHECK(all["unregister"] == Json::parse(R"([["Kernel", "gemm", "libgemm.so:make_old"]])"));
  CHECK(all["match"] == Json::parse(R"([["Optimizer", "torch.optim", ["[A-Z]*"], ["_*"]],
                                        ["Optimizer", "lib.so", [], []]])"));
  CHECK(all["merge"] == Json::parse(R"([["Backbone", ["Model", "Head"], false],
                                        ["Backbone", ["Neck"], true]])"));
  CHECK(read.unregistrations[0].at == Position{1, 1});
  CHECK(read.matches[1].at == Position{10, 1});
  CHECK(read.merges[1].at == Position{16, 1});
}

TEST_CASE("mistakes in unregister, match and merge are reported") {
  const auto read = read_toml(R"([[unregister]]
registry = "a b"
oid = " "
target = 1
[[match]]
from = ""
include = "x"
exclude = [1]
[[merge]]
into = "__global"
from = ["ok", "not ok"]
[[merge]]
into = "x"
forze = true
)");
  CHECK(
      problems(read) ==
      Lines{
          "2:12: unregister[0].registry: \"a b\" cannot name a registry: a registry's name has "
          "only "
          "ASCII letters, digits and _ . : -",
          "3:7: unregister[0].oid: \" \" cannot be an oid: it cannot have white space or control "
          "characters",
          "4:10: unregister[0].target: expected a string, got an integer",
          "5:1: match[0]: the key \"registry\" is missing",
          "6:8: match[0].from: \"\" cannot be a target: it cannot be empty",
          "7:11: match[0].include: expected an array, got a string",
          "8:12: match[0].exclude[0]: expected a string, got an integer",
          "10:8: merge[0].into: \"__global\" cannot name a registry in a source: names that begin "
          "with \"__\" are private to a program",
          "11:15: merge[0].from[1]: \"not ok\" cannot name a registry: a registry's name has only "
          "ASCII letters, digits and _ . : -",
          "12:1: merge[1]: the key \"from\" is missing",
          "14:1: merge[1]: unknown key \"forze\" (did you mean \"force\"?)",
      });
  CHECK(read.unregistrations.empty());
  CHECK(read.matches.empty());
  CHECK(read.merges.empty());
}

TEST_CASE("sections of the wrong kind are errors, and so are unknown ones") {
  CHECK(toml_problems("[symbols]\n[match]\n[[registries]]\n[symbol]\n") ==
        Lines{"1:1: symbols: expected an array, got a table",
              "2:1: match: expected an array, got a table",
              "3:1: registries: expected a table, got an array",
              "4:2: unknown key \"symbol\" (did you mean \"symbols\"?)"});
}
