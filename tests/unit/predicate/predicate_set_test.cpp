#include <doctest/doctest.h>
#include <reg/predicate.h>
#include <limits>

namespace reg {
namespace {

PredicateDefinition expr(const std::string& text, std::vector<std::string> params = {}) {
  return {std::move(params), Predicate::parse(text)};
}
PredicateDefinition fact() { return {}; }

PredicateSet set_of(const std::vector<std::pair<std::string, PredicateDefinition>>& definitions) {
  PredicateSet set;
  for (const auto& [name, definition] : definitions) REQUIRE(set.define(name, definition));
  return set;
}

double score(const PredicateSet& set, const std::string& text, const Context& context,
             const Json& self = Json::object()) {
  return Predicate::parse(text).score(context, self, set);
}

// The problems, one line each: the definition's name and the message.
std::vector<std::string> lines(const PredicateSet& set) {
  std::vector<std::string> all;
  for (const auto& [name, problem] : set.problems()) all.push_back(name + ": " + problem.message);
  return all;
}

TEST_CASE("a name can be defined again only as what it is already") {
  PredicateSet set;
  CHECK(set.define("gpu", expr("device == 'cuda'")));
  CHECK(set.define("gpu", expr("(device == \"cuda\")")));
  CHECK_FALSE(set.define("gpu", expr("device == 'rocm'")));
  CHECK_FALSE(set.define("gpu", fact()));
  REQUIRE(set.find("gpu") != nullptr);
  CHECK(set.find("gpu")->expr == Predicate::parse("device == 'cuda'"));
  CHECK(set.find("cpu") == nullptr);
  CHECK(set.definitions().size() == 1);
}

TEST_CASE("a call scores as the expression with the arguments in place of the parameters") {
  PredicateSet set = set_of({{"gpu", expr("device in ['cuda', 'rocm']")},
                             {"at_least", expr("version >= v", {"v"})},
                             {"between", expr("at_least(low) & ~at_least(high)", {"low", "high"})},
                             {"ranked", expr("yes(p.rank) & has(p)", {"p"})}});
  CHECK(set.problems().empty());
  CHECK(score(set, "gpu()", {{"device", "cuda"}}) == 1);
  CHECK(score(set, "at_least(3)", {{"version", 3}}) == 1);
  CHECK(score(set, "at_least(v12.4)", {{"version", "12.10"}}) == 1);
  CHECK(score(set, "at_least(wanted)", {{"version", 3}, {"wanted", 4}}) == 0);
  CHECK(score(set, "between(2, self.max)", {{"version", 3}}, {{"max", 4}}) == 2);
}

TEST_CASE("a path behind a parameter goes into its argument, and has asks for it") {
  PredicateSet set = set_of({{"ranked", expr("yes(p.rank)", {"p"})},
                             {"there", expr("has(p)", {"p"})},
                             {"deep", expr("has(p.x.y)", {"p"})},
                             {"outer", expr("deep(q.w)", {"q"})}});
  CHECK(score(set, "ranked(a.b)", {{"a", {{"b", {{"rank", 7}}}}}}) == 7);
  CHECK(score(set, "ranked(5)", {}) == 0);
  CHECK(score(set, "there(a)", {{"a", nullptr}}) == 1);
  CHECK(score(set, "there(b)", {{"a", nullptr}}) == 0);
  CHECK(score(set, "there('literal')", {}) == 1);
  CHECK(score(set, "outer(self.v)", {}, {{"v", {{"w", {{"x", {{"y", 0}}}}}}}}) == 1);
  CHECK(score(set, "outer(self.v)", {}, {{"v", {{"w", {{"x", 1}}}}}}) == 0);
}

TEST_CASE("parameters are those of their own definition, and arguments are the caller's") {
  PredicateSet set = set_of({{"inner", expr("a == b", {"a"})}, {"outer", expr("inner(b)", {"b"})}});
  // In `inner`, `b` is the fact, although `outer` has a parameter of that name.
  CHECK(score(set, "outer(1)", {{"b", 1}}) == 1);
  CHECK(score(set, "outer(2)", {{"b", 1}}) == 0);
  CHECK(score(set, "inner(x)", {{"a", 5}, {"b", 1}, {"x", 1}}) == 1);
}

TEST_CASE("the test of a fact is its truth, or whether it is or contains one of the arguments") {
  PredicateSet set = set_of({{"group", fact()}, {"wrapped", expr("group(g)", {"g"})}});
  CHECK(score(set, "group()", {{"group", "users"}}) == 1);
  CHECK(score(set, "group()", {{"group", Json::array()}}) == 0);
  CHECK(score(set, "group()", {}) == 0);
  CHECK(score(set, "group('a', 'b')", {{"group", "b"}}) == 1);
  CHECK(score(set, "group('a', 'b')", {{"group", {"c", "b"}}}) == 1);
  CHECK(score(set, "group('a')", {{"group", "ab"}}) == 0);
  CHECK(score(set, "group(['a'])", {{"group", {"a"}}}) == 1);
  CHECK(score(set, "group(1.0)", {{"group", {1}}}) == 1);
  CHECK(score(set, "group(v2)", {{"group", {"2.0"}}}) == 1);
  CHECK(score(set, "group(other)", {{"group", {"x"}}, {"other", "x"}}) == 1);
  CHECK(score(set, "group(missing)", {{"group", nullptr}}) == 0);
  CHECK(score(set, "wrapped('b')", {{"group", "b"}, {"g", "c"}}) == 1);
}

TEST_CASE("null meets null in the test of a fact where it is written, and not behind a path") {
  PredicateSet set = set_of({{"group", fact()}, {"wrapped", expr("group(g)", {"g"})}});
  const Context null = {{"group", nullptr}, {"other", nullptr}}, list = {{"group", {nullptr}}};
  CHECK(score(set, "group(null)", null) == 1);
  CHECK(score(set, "group(null)", list) == 1);
  CHECK(score(set, "wrapped(null)", null) == 1);
  CHECK(score(set, "group(other) | group(self.x) | wrapped(other)", null, {{"x", nullptr}}) == 0);
  CHECK(score(set, "group(self.x)", list) == 0);
  CHECK(score(set, "group(null)", {}) == 0);
}

TEST_CASE("a fact that is an object grades: the largest of what stands under the arguments") {
  PredicateSet set = set_of({{"is_instance", fact()}, {"wrapped", expr("is_instance(g)", {"g"})}});
  const Context context = {{"is_instance",
                            {{"Any", 1},
                             {"CWUser", 3.5},
                             {"yes", true},
                             {"no", false},
                             {"zero", 0},
                             {"below", -2},
                             {"text", "9"},
                             {"list", {1}},
                             {"null", nullptr},
                             {"12.0", 4}}},
                           {"kind", "CWUser"}};
  CHECK(score(set, "is_instance('CWUser')", context) == 3.5);
  CHECK(score(set, "is_instance('Any', 'CWUser', 'Any')", context) == 3.5);
  CHECK(score(set, "is_instance('yes')", context) == 1);
  CHECK(score(set, "is_instance(kind)", context) == 3.5);
  CHECK(score(set, "wrapped('CWUser') & yes(1)", context) == 4.5);
  CHECK(score(set, "is_instance()", context) == 1);
  CHECK(score(set, "is_instance()", {{"is_instance", {{"a", 0}, {"b", "x"}}}}) == 0);
  CHECK(score(set, "is_instance()", {{"is_instance", Json::object()}}) == 0);
  for (const char* none : {"'no'", "'zero'", "'below'", "'text'", "'list'", "'null'", "'other'",
                           "missing", "self.x", "12.0", "v12", "null", "['Any']", "true"}) {
    CAPTURE(none);
    CHECK(score(set, "is_instance(" + std::string(none) + ")", context) == 0);
  }
  CHECK(score(set, "is_instance('a')", parse_context(R"({"is_instance":{"a":2.50}})", "")) == 2.5);
}

TEST_CASE("where all arguments must score, their sum is the score") {
  PredicateSet set = set_of({{"groups", {{}, std::nullopt, true}}, {"any", fact()}});
  CHECK_FALSE(set.find("groups")->is_fact() == false);
  CHECK(score(set, "groups('a', 'b')", {{"groups", {"a", "b", "c"}}}) == 2);
  CHECK(score(set, "groups('a', 'd')", {{"groups", {"a", "b", "c"}}}) == 0);
  CHECK(score(set, "groups('a', missing)", {{"groups", {"a"}}}) == 0);
  CHECK(score(set, "groups('a')", {{"groups", "a"}}) == 1);
  CHECK(score(set, "groups('a', 'a')", {{"groups", "a"}}) == 2);
  CHECK(score(set, "groups('a', 'b')", {{"groups", {{"a", 2}, {"b", 0.5}}}}) == 2.5);
  CHECK(score(set, "groups('a', 'b')", {{"groups", {{"a", 2}, {"b", 0}}}}) == 0);
  CHECK(score(set, "groups('a', 'b')", {{"groups", {{"a", 1e308}, {"b", 1e308}}}}) ==
        std::numeric_limits<double>::max());
  CHECK(score(set, "groups()", {{"groups", {"a"}}}) == 1);
  CHECK(score(set, "groups()", {{"groups", {{"a", 7}}}}) == 1);
  CHECK_FALSE(set.define("groups", fact()));
}

TEST_CASE("the test of a fact of type version compares versions") {
  PredicateSet set = set_of({{"cuda", fact()}, {"other", fact()}});
  const Versions versions = {{"cuda"}, {"driver"}};
  auto typed = [&](const std::string& text, const Context& context) {
    return Predicate::parse(text).score(context, {{"driver", "12.0"}}, set, versions);
  };
  CHECK(typed("cuda('12.0', 'x')", {{"cuda", "v12"}}) == 1);
  CHECK(typed("cuda(12)", {{"cuda", "v12"}}) == 1);
  CHECK(typed("cuda('x')", {{"cuda", "x"}}) == 0);
  CHECK(typed("cuda(null)", {{"cuda", nullptr}}) == 1);
  CHECK(typed("other(self.driver)", {{"other", {"11", "12"}}}) == 1);
  CHECK(typed("other('12.0')", {{"other", {"11", "12"}}}) == 0);
}

TEST_CASE("a call of an undefined name is a problem with the nearest name, and cannot be scored") {
  PredicateSet set = set_of({{"gpu", fact()}});
  auto problem = set.problem({"gpus", 0, 0});
  REQUIRE(problem.has_value());
  CHECK(problem->message == "no predicate is named \"gpus\"");
  CHECK(problem->hint == "did you mean \"gpu\"?");
  CHECK(set.problem({"gpu", 0, 0}) == std::nullopt);
  CHECK_THROWS_WITH_AS(score(set, "gpus()", {}), "no predicate is named \"gpus\"", InputError);
  CHECK_THROWS_AS(Predicate::parse("gpus()").explain({}, {}, set), InputError);
  CHECK_THROWS_AS(Predicate::parse("gpus()").score({}), InputError);
  CHECK(score(set, "x & gpus()", {}) == 0);  // not evaluated
}

TEST_CASE("a call with a wrong number of arguments is a problem, except for facts") {
  PredicateSet set = set_of(
      {{"at_least", expr("a >= v", {"v"})}, {"two", expr("a & b", {"a", "b"})}, {"group", fact()}});
  auto problem = set.problem({"at_least", 2, 0});
  REQUIRE(problem.has_value());
  CHECK(problem->message == "at_least() takes 1 argument, not 2");
  CHECK(problem->hint == "it is at_least(v)");
  CHECK(set.problem({"two", 1, 0})->hint == "it is two(a, b)");
  CHECK(set.problem({"group", 0, 0}) == std::nullopt);
  CHECK(set.problem({"group", 9, 0}) == std::nullopt);
  CHECK_THROWS_WITH_AS(score(set, "two(1)", {}), "two() takes 2 arguments, not 1", InputError);
}

TEST_CASE("a definition that calls wrongly is shown with a caret") {
  PredicateSet set =
      set_of({{"gpu", fact()}, {"fast", expr("sm>80 & gpus()")}, {"bad", expr("gpu()&fast(1)")}});
  auto problems = set.problems();
  REQUIRE(problems.size() == 2);
  CHECK(problems[0].first == "bad");
  CHECK(problems[0].second.message == "fast() takes 0 arguments, not 1");
  CHECK(problems[1].first == "fast");
  CHECK(problems[1].second.hint == "did you mean \"gpu\"?");
  CHECK(problems[1].second.excerpt == "sm > 80 & gpus()\n          ^");
}

TEST_CASE("names that mean something already, or are none, are problems") {
  for (const char* name : {"has", "yes"})
    CHECK(predicate_name_problem(name).ends_with("is built in"));
  for (const char* name :
       {"self", "true", "false", "null", "in", "glob", "and", "or", "not", "v2", "v2rc1"}) {
    CAPTURE(name);
    CHECK(predicate_name_problem(name).ends_with("has a meaning of its own in predicates"));
  }
  for (const char* name : {"", "1a", "a-b", "a.b", "a b", "é"})
    CHECK_FALSE(predicate_name_problem(name).empty());
  for (const char* name : {"gpu", "_requested_vid", "IsA2"})
    CHECK(predicate_name_problem(name).empty());
  PredicateSet set = set_of(
      {{"yes", fact()}, {"a-b", fact()}, {"p", expr("x", {"self"})}, {"q", expr("x", {"x", "x"})}});
  CHECK(lines(set) ==
        std::vector<std::string>{
            "a-b: \"a-b\" is not a name: letters, digits and \"_\", and no digit first",
            "p: parameter: \"self\" has a meaning of its own in predicates",
            "q: the parameter \"x\" stands twice", "yes: \"yes\" is built in"});
}

TEST_CASE("a definition that reaches itself is a problem, once for each loop") {
  CHECK(lines(set_of({{"a", expr("a()")}})) ==
        std::vector<std::string>{"a: it reaches itself: a -> a"});
  PredicateSet set = set_of({{"a", expr("x | b()")},
                             {"b", expr("~c() & d()")},
                             {"c", expr("y & b()")},
                             {"d", expr("z")}});
  CHECK(lines(set) == std::vector<std::string>{"b: it reaches itself: b -> c -> b"});
}

TEST_CASE("the loop of a hundred thousand definitions is found without overflowing the stack") {
  PredicateSet set;
  const int count = 100'000;
  for (int i = 0; i < count; ++i) {
    set.define("p" + std::to_string(i), expr("p" + std::to_string((i + 1) % count) + "()"));
  }
  auto problems = set.problems();
  REQUIRE_FALSE(problems.empty());
  CHECK(problems.front().second.message.find("-> ... ->") != std::string::npos);
}

// d0 is `x & x`; each further one calls the one before twice.
PredicateSet doubling(int count) {
  PredicateSet set;
  set.define("d0", expr("x & x"));
  for (int i = 1; i < count; ++i) {
    std::string before = "d" + std::to_string(i - 1) + "()";
    set.define("d" + std::to_string(i), expr(before + " & " + before));
  }
  return set;
}

TEST_CASE(
    "definitions that grow beyond 100,000 parts are a problem, and are not scored for hours") {
  CHECK(doubling(14).problems().empty());
  auto problems = doubling(60).problems();
  REQUIRE_FALSE(problems.empty());
  CHECK(problems[0].second.message ==
        "it grows beyond 100000 parts if all calls in it are written out");
  CHECK_THROWS_AS(score(doubling(60), "d59()", {{"x", 1}}), InputError);
  CHECK_THROWS_AS(Predicate::parse("d59()").explain({{"x", 1}}, {}, doubling(60)), InputError);
}

// c0 is `x`; each further one calls the one before.
PredicateSet chain(int count) {
  PredicateSet set;
  set.define("c0", expr("x"));
  for (int i = 1; i < count; ++i)
    set.define("c" + std::to_string(i), expr("c" + std::to_string(i - 1) + "()"));
  return set;
}

TEST_CASE("calls within calls are accepted as deep as they can be scored") {
  PredicateSet deepest = chain(200);
  CHECK(deepest.problems().empty());
  CHECK(score(deepest, "c199()", {{"x", 1}}) == 1);
  CHECK_FALSE(chain(201).problems().empty());
  CHECK_THROWS_AS(score(chain(201), "c200()", {{"x", 1}}), InputError);
}

TEST_CASE("evaluating a definition that reaches itself is an error, not an overflow") {
  PredicateSet set =
      set_of({{"a", expr("~b()")}, {"b", expr("x | a()")}, {"p", expr("p(v.x)", {"v"})}});
  CHECK_THROWS_AS(score(set, "a()", {}), InputError);
  CHECK_THROWS_AS(score(set, "p(y)", {}), InputError);
  CHECK_THROWS_AS(Predicate::parse("a()").explain({}, {}, set), InputError);
}

TEST_CASE("the deepest accepted definition can be called from the deepest predicate") {
  std::string nested = "x";
  for (int i = 0; i < 99; ++i) nested = "~(x & " + nested + ")";
  PredicateSet set = set_of({{"deep", expr(nested)}, {"deeper", expr("deep() & deep()")}});
  CHECK(set.problems().empty());
  std::string outer = "deeper()";
  for (int i = 0; i < 100; ++i) outer = "(y | y & " + outer + ")";
  CHECK_NOTHROW(score(set, outer, {{"x", 1}}));
  CHECK_NOTHROW(Predicate::parse(outer).explain({{"x", 1}}, {}, set));
}

TEST_CASE("nested definitions that could not be scored together are a problem") {
  std::string nested = "x";
  for (int i = 0; i < 90; ++i) nested = "~(x & " + nested + ")";
  PredicateSet set;
  for (int i = 0; i < 10; ++i) {
    std::string text = nested;
    if (i > 0) text.replace(text.rfind('x'), 1, "n" + std::to_string(i - 1) + "()");
    set.define("n" + std::to_string(i), expr(text));
  }
  auto problems = set.problems();
  REQUIRE(problems.size() > 0);
  CHECK(problems[0].second.message ==
        "it grows beyond 500 levels if all calls in it are written out");
  CHECK_THROWS_AS(score(set, "n9()", {{"x", 1}}), InputError);
}

}  // namespace
}  // namespace reg
