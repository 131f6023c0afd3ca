// The table of scores, row by row.

#include <allocations.h>
#include <doctest/doctest.h>
#include <reg/predicate.h>
#include <limits>

namespace reg {
namespace {

const Context facts = {{"zero", 0},
                       {"one", 1},
                       {"sm", 70},
                       {"ratio", 2.5},
                       {"text", "cuda"},
                       {"empty", ""},
                       {"nothing", nullptr},
                       {"yes_it_is", true},
                       {"no_it_is_not", false},
                       {"list", {"cuda", 1, nullptr, {1, 2}}},
                       {"no_list", Json::array()},
                       {"object", {{"key", 1}, {"deep", {{"er", 0}}}}},
                       {"no_object", Json::object()},
                       {"v", "12.4.1"},
                       {"max-batch", 4},
                       {"a.b", {{"c`d", 1}}},
                       {"self", {{"x", 2}}},
                       {"true", "text"}};
const Json info = {{"rank", 3},      {"min_sm", 80},
                   {"name", "cuda"}, {"deep", {{"x", 1}, {"n", nullptr}}},
                   {"n", nullptr},   {"max-batch", 8}};

double score(const std::string& text) { return Predicate::parse(text).score(facts, info); }

struct Row {
  const char* text;
  double score;
};

void check(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(score(row.text) == row.score);
  }
}

TEST_CASE("a bare operand scores 1 if it is truthy") {
  check({{"one", 1}, {"ratio", 1}, {"text", 1}, {"yes_it_is", 1}, {"list", 1}, {"object", 1}});
  check({{"zero", 0},
         {"empty", 0},
         {"nothing", 0},
         {"no_it_is_not", 0},
         {"no_list", 0},
         {"no_object", 0}});
  check({{"missing", 0},
         {"object.key", 1},
         {"object.deep.er", 0},
         {"object.deep.missing", 0},
         {"text.key", 0}});
  check({{"self.rank", 1}, {"self.deep.x", 1}, {"self.missing", 0}, {"rank", 0}});
  check({{"true", 1},
         {"false", 0},
         {"null", 0},
         {"0", 0},
         {"-0.0", 0},
         {"7", 1},
         {"''", 0},
         {"'x'", 1}});
  check({{"[]", 0}, {"[0]", 1}, {"v1", 1}, {"v0", 1}});
}

TEST_CASE("lists are not indexed by paths") { check({{"list.x", 0}, {"has(list.x)", 0}}); }

TEST_CASE("a conjunction scores the sum of its parts, or 0 as soon as one is 0") {
  check({{"one & text", 2},
         {"one & text & yes(3)", 5},
         {"one & zero & text", 0},
         {"yes() & yes()", 1}});
  check({{"one & (text | zero)", 2}, {"one & ~zero", 2}});
}

TEST_CASE("a disjunction scores its first part that is not 0, not its largest") {
  check({{"yes(1) | yes(5)", 1},
         {"zero | yes(5) | yes(7)", 5},
         {"zero | missing", 0},
         {"one & text | yes(9)", 2}});
}

TEST_CASE("a negation scores 1 or 0") {
  check({{"~one", 0},
         {"~zero", 1},
         {"~yes(5)", 0},
         {"~missing", 1},
         {"~~yes(5)", 1},
         {"~(one & zero)", 1}});
}

TEST_CASE("yes scores its number, one half by default, or that of a path") {
  check({{"yes()", 0.5}, {"yes(2)", 2}, {"yes(0)", 0}, {"yes(-1)", -1}, {"yes(1e300)", 1e300}});
  check({{"yes(self.rank)", 3},
         {"yes(ratio)", 2.5},
         {"yes(missing)", 0},
         {"yes(text)", 0},
         {"yes(yes_it_is)", 0}});
}

TEST_CASE("has scores 1 if the fact is there, even if null") {
  check({{"has(one)", 1}, {"has(nothing)", 1}, {"has(missing)", 0}, {"has(object.key)", 1}});
  check({{"has(object.no)", 0}, {"has(text.key)", 0}, {"has(self.rank)", 1}, {"has(self.one)", 0}});
  check({{"has(self.n)", 0}, {"has(self.deep)", 1}, {"has(self.deep.n)", 0}});
}

TEST_CASE("a name in back-ticks is one key, whatever is in it") {
  check({{"`max-batch` == 4", 1},
         {"self.`max-batch` == 8", 1},
         {"`a.b`.`c``d` == 1", 1},
         {"`a`.b", 0},
         {"`self`.x == 2", 1},
         {"self.x", 0},
         {"`true` == 'text'", 1},
         {"`one` == one", 1}});
}

TEST_CASE("a field that is not given is null and not there, given as null or not given") {
  for (const char* field : {"self.n", "self.missing", "self.deep.n", "self.deep.missing",
                            "self.missing.deeper", "self.rank.deeper"}) {
    const std::string f = field;
    CAPTURE(f);
    CHECK(score("has(" + f + ")") == 0);
    CHECK(score(f) == 0);
    CHECK(score(f + " == null") == 1);
    CHECK(score("null == " + f) == 1);
    CHECK(score(f + " != null") == 0);
    CHECK(score(f + " in [1, null]") == 1);
    CHECK(score(f + " != 1") == 1);
    CHECK(score("yes(" + f + ")") == 0);
    for (const char* other : {"1", "'x'", "v1", "nothing", "missing", "self.missing", "list"}) {
      CAPTURE(other);
      for (const char* op : {"==", "<", "<=", ">", ">=", "in", "glob"}) {
        CAPTURE(op);
        CHECK(score(f + ' ' + op + ' ' + other) == 0);
        CHECK(score(std::string(other) + ' ' + op + ' ' + f) == 0);
      }
      CHECK(score(f + " != " + other) == 1);
    }
  }
}

TEST_CASE("a missing fact equals nothing, and two paths only where neither is null") {
  check({{"missing == null", 0}, {"missing != null", 1}, {"missing in [null]", 0}});
  check({{"nothing == null", 1}, {"nothing != null", 0}, {"nothing in [null]", 1}});
  check({{"nothing == nothing", 0},
         {"nothing != nothing", 1},
         {"nothing in list", 0},
         {"null in list", 1},
         {"nothing == self.n", 0},
         {"self.n == self.n", 0},
         {"missing != missing", 1}});
  PredicateSet named;
  named.define("same", {{"p", "q"}, Predicate::parse("p == q")});
  named.define("outer", {{"p"}, Predicate::parse("same(p, nothing)")});
  named.define("there", {{"p"}, Predicate::parse("has(p)")});
  named.define("below", {{"p"}, Predicate::parse("p.x == null")});
  auto called = [&named](const std::string& text) {
    return Predicate::parse(text).score(facts, info, named);
  };
  CHECK(called("same(nothing, null)") == 1);
  CHECK(called("same(null, self.missing)") == 1);
  CHECK(called("same(nothing, nothing) | same(nothing, self.n) | outer(nothing)") == 0);
  CHECK(called("outer(null)") == 1);
  CHECK(called("there(nothing)") == 1);
  CHECK(called("there(null)") == 1);
  CHECK(called("there(self.n) | there(missing)") == 0);
  CHECK(called("below(self.n)") == 1);
  CHECK(called("below(nothing) | below(missing) | below(null)") == 0);
}

TEST_CASE("== is JSON equality, and != exactly its negation") {
  const std::vector<Row> rows = {
      {"one == 1", 1},
      {"one == 1.0", 1},
      {"one == true", 0},
      {"yes_it_is == 1", 0},
      {"yes_it_is == true", 1},
      {"sm == 71", 0},
      {"text == 'cuda'", 1},
      {"text == 'CUDA'", 0},
      {"text == self.name", 1},
      {"nothing == null", 1},
      {"nothing == missing", 0},
      {"missing == missing", 0},
      {"missing == null", 0},
      {"missing == 1", 0},
      {"1 == 1", 1},
      {"zero == -0.0", 1},
      {"zero == ''", 0},
      {"zero == false", 0},
      {"no_list == []", 1},
      {"list == list", 1},
      {"[1, 2] == [1.0, 2]", 1},
      {"[1, 2] == [2, 1]", 0},
      {"object == object", 1},
      {"object == no_object", 0},
      {"'1' == 1", 0},
      {"[1] == 1", 0},
      {"no_object == no_list", 0},
      {"9007199254740993 == 9007199254740992.0", 0},
      {"18446744073709551615 == -1", 0},
      {"18446744073709551615 == 18446744073709551616.0", 0},
      {"9223372036854775808 == 9223372036854775808.0", 1},
  };
  check(rows);
  for (const Row& row : rows) {
    std::string text = row.text;
    CAPTURE(text);
    text.replace(text.find("=="), 2, "!=");
    CHECK(score(text) == 1 - row.score);
  }
}

TEST_CASE("numbers and strings have an order; nothing else has") {
  check({{"sm < 80", 1},
         {"sm < 70", 0},
         {"sm < 70.5", 1},
         {"sm <= 70", 1},
         {"sm <= 69", 0},
         {"sm <= 70.0", 1}});
  check({{"sm > 69", 1},
         {"sm > 70", 0},
         {"sm >= 70", 1},
         {"sm >= self.min_sm", 0},
         {"self.min_sm >= sm", 1}});
  check({{"text < 'd'", 1},
         {"text < 'cuda'", 0},
         {"text <= 'cuda'", 1},
         {"'Z' < 'a'", 1},
         {"'' < 'a'", 1}});
  check({{"'\xEF\xBF\xBD' < '\xF0\x90\x80\x80'", 1},
         {"'z' < 'é'", 1}});  // by code point, not by UTF-16
  check({{"-1 < 18446744073709551615", 1},
         {"18446744073709551615 > -1", 1},
         {"-1.5 < -1", 1},
         {"1 < 1.5", 1}});
  check({{"9007199254740993 > 9007199254740992.0", 1},
         {"1e300 > 18446744073709551615", 1},
         {"-1e300 < -5", 1}});
  for (const char* pair :
       {"missing OP 1", "1 OP missing", "missing OP missing", "text OP 1", "1 OP text",
        "yes_it_is OP 1", "nothing OP nothing", "list OP list", "object OP object",
        "yes_it_is OP yes_it_is", "nothing OP 1", "'70' OP sm"}) {
    for (const char* op : {"<", "<=", ">", ">="}) {
      std::string text = pair;
      text.replace(text.find("OP"), 2, op);
      CAPTURE(text);
      CHECK(score(text) == 0);
    }
  }
}

TEST_CASE("in finds elements of lists, keys of objects and parts of strings") {
  check({{"'cuda' in list", 1},
         {"1.0 in list", 1},
         {"null in list", 1},
         {"[1, 2] in list", 1},
         {"2 in list", 0}});
  check({{"text in ['cuda', 'rocm']", 1},
         {"text in ['CUDA']", 0},
         {"text in []", 0},
         {"true in [1]", 0}});
  check({{"'key' in object", 1},
         {"'er' in object", 0},
         {"1 in object", 0},
         {"missing in object", 0}});
  check({{"'ud' in text", 1},
         {"'' in text", 1},
         {"'du' in text", 0},
         {"1 in '1'", 0},
         {"text in 'cudart'", 1}});
  check({{"missing in list", 0},
         {"1 in missing", 0},
         {"1 in one", 0},
         {"null in nothing", 0},
         {"'a' in sm", 0}});
}

TEST_CASE("glob matches whole strings, case-sensitively, and * crosses separators") {
  check({{"text glob 'cu*'", 1},
         {"text glob 'CU*'", 0},
         {"text glob 'cu'", 0},
         {"text glob 'c?d[a-b]'", 1}});
  check({{"'a/b.c' glob 'a*c'", 1}, {"'é' glob '?'", 1}, {"text glob self.name", 1}});
  check(
      {{"missing glob '*'", 0}, {"text glob missing", 0}, {"sm glob '*'", 0}, {"text glob 1", 0}});
}

TEST_CASE("a version literal is compared number by number with what reads as a version") {
  check({{"v >= v12.4", 1},
         {"v >= v12.4.1", 1},
         {"v < v12.10", 1},
         {"v > v9", 1},
         {"v12.4.1 == v", 1}});
  check(
      {{"'2.10' > v2.9", 1}, {"'v2.10' > v2.9", 1}, {"v12 == '12.0'", 1}, {"v12 == '12.0.1'", 0}});
  check({{"v12 == 12", 1},
         {"v2.5 == ratio", 1},
         {"v12 == 12.0", 1},
         {"sm > v9.9", 1},
         {"1e5 == v100000", 1}});
  check({{"v1 < v2", 1}, {"v1.0 == v1", 1}, {"v01.002 == v1.2", 1}, {"1e300 > v1", 1}});
  check({{"v99999999999999999999999 < v100000000000000000000000", 1}});
  check({{"v12 in ['11', '12.0']", 1},
         {"'12.0' in [v11, v12]", 1},
         {"v in [v12.4.1]", 1},
         {"[v1] == ['1.0']", 1}});
}

TEST_CASE("a pre-release stands below its release, and what follows + is ignored") {
  check({{"v2.2.0rc1 < v2.2.0", 1},
         {"'2.2.0a9' < v2.2.0b1", 1},
         {"'2.2.0b10' < v2.2.0rc1", 1},
         {"'v2.2.0rc10' > v2.2.0rc9", 1},
         {"'2.0-rc.1' == v2rc1", 1},
         {"'1.0-alpha' < v1.0-alpha.1", 1},
         {"'1.0-alpha.1' < v1.0-beta.2", 1},
         {"'2.1.0+cu118' == v2.1", 1},
         {"v2.1+x == v2.1.0+y", 1},
         {"'2.1.0-1+cu118' < v2.1", 1},
         {"'2.1+' == v2.1", 0},
         {"'2.1rc' == v2.1", 0},
         {"'2.1.dev1' < v3", 0}});
}

TEST_CASE("a fact or field of type version is compared as one, whatever it is compared with") {
  const Versions versions = {{"cuda", "sys.`os version`"}, {"driver", "max-batch"}};
  const Context context = parse_context(
      R"({"cuda":"12.10","sys":{"os version":"v5.0"},"plain":"12.10.0","other":"9","list":["12.9","12.10.0"],
          "short":2.10,"nothing":null})",
      "");
  const Json self = {{"driver", "12.10.0"}, {"max-batch", "9"}, {"plain", "12.10"}};
  PredicateSet named;
  named.define("at_least", {{"v"}, Predicate::parse("cuda >= v")});
  named.define("same", {{"p", "q"}, Predicate::parse("p == q")});
  named.define("os", {{"p"}, Predicate::parse("p.`os version` == 5")});
  auto typed = [&](const std::string& text) {
    return Predicate::parse(text).score(context, self, named, versions);
  };
  for (const char* text : {"cuda == '12.10.0'",     "cuda > '12.9'",
                           "'12.9' < cuda",         "cuda != '12.9'",
                           "cuda == plain",         "plain == cuda",
                           "cuda == self.driver",   "plain == self.driver",
                           "self.driver > other",   "cuda in ['12.10.0']",
                           "cuda in list",          "self.driver in list",
                           "cuda == 12.10",         "cuda > 12.9",
                           "sys.`os version` == 5", "self.`max-batch` > short",
                           "self.`max-batch` < 10", "at_least('12.9')",
                           "at_least(12.9)",        "same(cuda, plain)",
                           "same('v12.10', cuda)",  "os(sys)",
                           "cuda glob '12.1*'",     "'2.1' in cuda",
                           "has(cuda) & cuda",      "cuda == v12.10",
                           "cuda != null",          "self.driver != nothing",
                           "cuda < v12.10.1-rc.1"}) {
    CAPTURE(text);
    CHECK(typed(text) > 0);
  }
  for (const char* text :
       {"cuda == 12.1", "cuda < 'x'", "cuda == 'x'", "cuda == null", "cuda == true", "cuda > [1]",
        "cuda in ['x', null]", "plain == self.plain", "plain in ['12.10']", "cuda glob '12.10.*'",
        "'12.10.0' in cuda", "cuda == nothing", "cuda < missing", "sys.other == 5",
        "self.driver.x == 5", "self.driver == null"}) {
    CAPTURE(text);
    CHECK(typed(text) == 0);
  }
}

TEST_CASE("a number that keeps its text is the number that it is, but where it meets a version") {
  const Context context =
      parse_context(R"({"x":2.10,"list":[2.10,3],"deep":{"y":0.50},"zero":0.000})", "");
  const Versions versions = {{"typed"}, {}};
  auto kept = [&](const std::string& text) {
    return Predicate::parse(text).score(context, {{"two", 2.1}}, {}, versions);
  };
  for (const char* text : {"x == 2.1",      "x == 2.10",
                           "x == self.two", "x < 2.11",
                           "x <= 2.1",      "x > 2",
                           "2.1 in list",   "x in [2.1]",
                           "x in list",     "list == [2.1, 3.0]",
                           "deep.y == 0.5", "x",
                           "deep.y",        "~zero",
                           "x >= v2.10",    "x > v2.9",
                           "x == v2.10.0",  "v2.10 in list",
                           "x != v2.1",     "2.10 == v2.10"}) {
    CAPTURE(text);
    CHECK(kept(text) == 1);
  }
  CHECK(kept("yes(x)") == 2.1);
  CHECK(kept("yes(deep.y)") == 0.5);
  for (const char* text : {"x == '2.10'", "x glob '2*'", "'2' in x", "x == v2.1", "x < v2.9",
                           "x == true", "v2.1 in list"}) {
    CAPTURE(text);
    CHECK(kept(text) == 0);
  }
  Predicate plain = objectify_predicate("plain", [](const Context& given) {
    return given["x"].get<double>() + given["list"][0].get<double>() +
           given["deep"]["y"].get<double>();
  });
  CHECK(plain.score(context) == 4.7);
}

TEST_CASE("what does not read as a version neither equals one nor has an order with it") {
  for (const char* fact :
       {"text", "empty", "nothing", "yes_it_is", "list", "object", "missing", "'1.x'", "'1..2'",
        "'1.'", "'.1'", "'vv1'", "'V1'", "-1", "-1.5", "' 1'"}) {
    for (const char* op : {"==", "<", "<=", ">", ">="}) {
      std::string text = std::string(fact) + ' ' + op + " v1";
      CAPTURE(text);
      CHECK(score(text) == 0);
    }
    CHECK(score(std::string(fact) + " != v1") == 1);
  }
}

TEST_CASE("a context that is no object has no facts") {
  CHECK(Predicate::parse("~has(a) & a != 1").score(Context()) == 2);
  CHECK(Predicate::parse("a").score(Context(5), Json(nullptr)) == 0);
}

TEST_CASE("scores are always finite") {
  constexpr double greatest = std::numeric_limits<double>::max();
  constexpr double infinity = std::numeric_limits<double>::infinity();
  auto returning = [](double value) {
    return objectify_predicate("f", [value](const Context&) { return value; });
  };
  CHECK(score("yes(1e308) & yes(1e308)") == greatest);
  CHECK(returning(infinity).score({}) == greatest);
  CHECK(returning(-infinity).score({}) == -greatest);
  CHECK(returning(std::numeric_limits<double>::quiet_NaN()).score({}) == 0);
  CHECK_THROWS_AS(yes(infinity), InputError);
}

TEST_CASE("a C++ callable scores by what it returns") {
  Predicate even = objectify_predicate(
      "even", [](const Context& context) { return context.value("sm", 1) % 2 == 0; });
  Predicate rank = objectify_predicate(
      "rank", [](const Json& self, const Context&) { return self.value("rank", 0); });
  CHECK(even.score(facts) == 1);
  CHECK((even & rank).score(facts, info) == 4);
  CHECK((even & rank).to_string() == "even() & rank()");
  CHECK(even.has_function());
  CHECK((~even | yes()).has_function());
  CHECK_FALSE(Predicate::parse("even()").has_function());
}

TEST_CASE("scoring allocates nothing") {
  PredicateSet named;
  named.define("a_name_too_long_to_be_kept_in_place", {{"p"}, Predicate::parse("p >= v2.9")});
  named.define("a_fact_of_a_rather_long_name", {{}, {}, true});
  const Predicate predicate = Predicate::parse(
      "a_name_too_long_to_be_kept_in_place(fact.with.a.rather.long.path.to.it) &"
      "'one of the longer elements' in list & text glob '*a pattern that is long*' & "
      "a_fact_of_a_rather_long_name('the first of its grades', 'and the second one') &"
      "`a name in back-ticks, of type version` in ['1.0', '2.10.0-with.a.long.identifier'] &"
      "self.a_field_that_is_not_given == null & number >= v2.9 & self.`driver's version` > number &"
      "yes(self.rank)");
  const Context context = parse_context(
      R"({"fact":{"with":{"a":{"rather":{"long":{"path":{"to":{"it":"2.10"}}}}}}},
          "list":["one of the longer elements"], "text":"here: a pattern that is long.",
          "a_fact_of_a_rather_long_name":{"the first of its grades":1,"and the second one":2},
          "a name in back-ticks, of type version":"2.10-with.a.long.identifier+ignored",
          "number":2.10})",
      "context");
  const Json self = {{"rank", 2}, {"driver's version", "535.104.05.0000000000000000"}};
  const Versions versions = {{"`a name in back-ticks, of type version`"}, {"driver's version"}};
  const std::size_t before = test::allocations();
  const double found = predicate.score(context, self, named, versions);
  const std::size_t after = test::allocations();
  CHECK(found == 12);
  CHECK(after == before);
}

}  // namespace
}  // namespace reg
