#include <doctest/doctest.h>
#include <reg/predicate.h>

namespace reg {
namespace {

const Context facts = {{"sm", 70},
                       {"device", "cuda"},
                       {"name", "x"},
                       {"zero", 0},
                       {"nothing", nullptr},
                       {"tags", {"a", "b"}},
                       {"long", std::string(200, 'x')},
                       {"groups", {"users"}},
                       {"near", {{"Any", 1}, {"CWUser", 3}, {"CWGroup", 0}}},
                       {"driver", "12.x"},
                       {"max-batch", 4},
                       {"cuda", "12.4"}};
const Json info = {{"min_sm", 80}, {"nothing", nullptr}, {"driver", "12.4"}};

PredicateSet named() {
  PredicateSet set;
  set.define("gpu", {{}, Predicate::parse("device in ['cuda', 'rocm']")});
  set.define("at_least", {{"v"}, Predicate::parse("sm >= v")});
  set.define("groups", {});
  set.define("missing_fact", {});
  set.define("near", {});
  set.define("tags", {{}, {}, true});
  set.define("driver", {});
  return set;
}

Trace explain(const std::string& text) {
  return Predicate::parse(text).explain(facts, info, named());
}
std::string note(const std::string& text) { return explain(text).note; }

TEST_CASE("every part has its score, and what was not evaluated says so") {
  Trace trace = explain("device == 'cuda' & sm >= self.min_sm & yes(2)");
  CHECK(trace.expr == "device == \"cuda\" & sm >= self.min_sm & yes(2)");
  CHECK(trace.score == 0);
  REQUIRE(trace.children.size() == 3);
  CHECK(trace.children[0].score == 1);
  CHECK(trace.children[0].note.empty());
  CHECK(trace.children[1].score == 0);
  CHECK(trace.children[1].note == "sm is 70, self.min_sm is 80");
  CHECK_FALSE(trace.children[2].score.has_value());
  CHECK(trace.children[2].note == "not evaluated: short circuit");
}

TEST_CASE("a disjunction stops at its first part that is not 0") {
  Trace trace = explain("zero | yes(3) | sm");
  CHECK(trace.score == 3);
  REQUIRE(trace.children.size() == 3);
  CHECK(trace.children[0].note == "zero is 0");
  CHECK(trace.children[1].score == 3);
  CHECK_FALSE(trace.children[2].score.has_value());
}

TEST_CASE("a negation shows what it negates") {
  Trace trace = explain("~(sm & device)");
  CHECK(trace.score == 0);
  REQUIRE(trace.children.size() == 1);
  CHECK(trace.children[0].score == 2);
}

TEST_CASE("the note of a 0 says why") {
  CHECK(note("sm >= 80") == "sm is 70");
  CHECK(note("80 <= sm") == "sm is 70");
  CHECK(note("device == name") == "device is \"cuda\", name is \"x\"");
  CHECK(note("device != 'cuda'") == "device is \"cuda\"");
  CHECK(note("'c' in tags") == "tags is [\"a\", \"b\"]");
  CHECK(note("device glob 'r*'") == "device is \"cuda\"");
  CHECK(note("missing == 1") == "missing fact \"missing\"");
  CHECK(note("sm >= a.b") == "missing fact \"a.b\"");
  CHECK(note("sm >= self.rank") == "missing field \"self.rank\"");
  CHECK(note("missing") == "missing fact \"missing\"");
  CHECK(note("has(missing)") == "missing fact \"missing\"");
  CHECK(note("has(self.rank)") == "missing field \"self.rank\"");
  CHECK(note("yes(missing)") == "missing fact \"missing\"");
  CHECK(note("yes(zero)") == "zero is 0");
  CHECK(note("yes(0)") == "it is always 0");
  CHECK(note("1 == 2") == "it is always 0");
  CHECK(note("nothing == 1") == "nothing is null");
}

TEST_CASE("values that cannot be compared are a type mismatch") {
  CHECK(note("device >= 80") == "type mismatch: \"device\" is a string, 80 a number");
  CHECK(note("device == 80") == "type mismatch: \"device\" is a string, 80 a number");
  CHECK(note("device < v12.4") == "not a version: \"device\" is \"cuda\"");
  CHECK(note("tags < name") == "type mismatch: \"tags\" is a list, \"name\" a string");
  CHECK(note("1 in sm") == "type mismatch: 1 is a number, \"sm\" a number");
  CHECK(note("sm glob '*'") == "type mismatch: \"sm\" is a number, \"*\" a string");
  CHECK(note("yes(device)") == "type mismatch: \"device\" is a string, not a number");
  CHECK(note("true < nothing") == "type mismatch: true is a boolean, \"nothing\" null");
}

TEST_CASE("long values are cut at a character") {
  CHECK(note("long == 'y'").size() < 100);
  CHECK(note("long == 'y'").ends_with("x…"));
}

TEST_CASE("a named predicate shows its expression, and its parameters by name") {
  Trace trace = explain("gpu() & at_least(80)");
  CHECK(trace.score == 0);
  REQUIRE(trace.children.size() == 2);
  REQUIRE(trace.children[0].children.size() == 1);
  CHECK(trace.children[0].children[0].expr == "device in [\"cuda\", \"rocm\"]");
  CHECK(trace.children[0].children[0].score == 1);
  REQUIRE(trace.children[1].children.size() == 1);
  CHECK(trace.children[1].children[0].note == "sm is 70, v is 80");
}

TEST_CASE("a fact that is missing behind a parameter is named as the caller names it") {
  CHECK(explain("at_least(a.b)").children.at(0).note == "missing fact \"a.b\"");
  CHECK(explain("at_least(self.rank)").children.at(0).note == "missing field \"self.rank\"");
}

TEST_CASE("the test of a fact says what the fact is") {
  CHECK(note("groups('managers')") == "groups is [\"users\"]: no match for \"managers\"");
  CHECK(note("groups(device, other)") ==
        "groups is [\"users\"]: no match for device is \"cuda\", missing fact \"other\"");
  CHECK(note("missing_fact()") == "missing fact \"missing_fact\"");
  CHECK(explain("groups('users')").score == 1);
  CHECK(explain("groups('users')").note.empty());
}

TEST_CASE("a field that is not given is missing, whether it is null or not there") {
  for (const char* text : {"has(self.nothing)", "self.nothing == 1", "self.nothing < 1",
                           "self.nothing == nothing", "yes(self.nothing)", "self.nothing"}) {
    CAPTURE(text);
    CHECK(note(text) == "missing field \"self.nothing\"");
  }
  CHECK(note("self.rank != null") == "missing field \"self.rank\"");
  CHECK(note("self.nothing.x > 1") == "missing field \"self.nothing.x\"");
}

TEST_CASE("of two paths, neither may be null") {
  CHECK(note("nothing == nothing") ==
        "nothing is null, nothing is null: of two paths, neither may be null");
  CHECK(note("sm < nothing") == "sm is 70, nothing is null: of two paths, neither may be null");
  CHECK(note("nothing == missing") == "missing fact \"missing\"");
  CHECK(note("null < nothing") == "type mismatch: null is null, \"nothing\" null");
}

TEST_CASE("what is compared as a version and is none is named") {
  const Versions versions = {{"cuda", "driver"}, {"driver"}};
  auto typed = [&versions](const std::string& text) {
    return Predicate::parse(text).explain(facts, info, named(), versions).note;
  };
  CHECK(note("driver >= v12") == "not a version: \"driver\" is \"12.x\"");
  CHECK(note("sm == v12") == "sm is 70");
  CHECK(typed("driver == cuda") == "not a version: \"driver\" is \"12.x\"");
  CHECK(typed("cuda < 'x'") == "not a version: \"x\"");
  CHECK(typed("cuda > true") == "not a version: true");
  CHECK(typed("cuda > self.driver") == "cuda is \"12.4\", self.driver is \"12.4\"");
  CHECK(typed("cuda == null") == "cuda is \"12.4\"");
  CHECK(typed("cuda < null") == "type mismatch: \"cuda\" is a string, null null");
  CHECK(typed("cuda in ['12.5']") == "cuda is \"12.4\"");
  CHECK(typed("driver('x', '12.5')") ==
        "driver is \"12.x\": no match for not a version: \"x\", \"12.5\"");
}

TEST_CASE("a grade that does not count, and an argument that all must have, are named") {
  CHECK(note("near('CWGroup', 'State')") ==
        "near is {\"Any\":1,\"CWGroup\":0,\"CWUser\":3}: no grade above 0 for \"CWGroup\", "
        "\"State\"");
  CHECK(explain("near('CWUser', 'State')").score == 3);
  CHECK(note("tags('a', 'c', 'd')") == "tags is [\"a\", \"b\"]: no match for \"c\"");
  CHECK(explain("tags('a', 'b')").score == 2);
  PredicateSet set;
  set.define("grades", {});
  CHECK(Predicate::parse("grades()").explain({{"grades", {{"a", -1}}}}, {}, set).note ==
        "grades is {\"a\":-1}: no grade above 0");
}

TEST_CASE("names in back-ticks are shown in them, and numbers as they were written") {
  CHECK(note("`max-batch` > 4") == "`max-batch` is 4");
  CHECK(note("self.`max-batch`") == "missing field \"self.`max-batch`\"");
  CHECK(Predicate::parse("x == 3").explain(parse_context(R"({"x":2.10})", ""), {}, {}).note ==
        "x is 2.10");
}

TEST_CASE("an explanation that would be endless leaves expressions out, and keeps the scores") {
  PredicateSet set;
  set.define("d0", {{}, Predicate::parse("sm & sm")});
  for (int i = 1; i < 18; ++i) {
    std::string before = "d" + std::to_string(i - 1) + "()";
    set.define("d" + std::to_string(i), {{}, Predicate::parse(before + " & " + before)});
  }
  Predicate predicate = Predicate::parse("d17()");
  CHECK(predicate.explain(facts, info, set).score == predicate.score(facts, info, set));
}

}  // namespace
}  // namespace reg
