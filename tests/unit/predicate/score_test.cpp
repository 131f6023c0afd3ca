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
                       {"v", "12.4.1"}};
const Json info = {{"rank", 3}, {"min_sm", 80}, {"name", "cuda"}, {"deep", {{"x", 1}}}};

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
  const Predicate predicate = Predicate::parse(
      "a_name_too_long_to_be_kept_in_place(fact.with.a.rather.long.path.to.it) &"
      "'one of the longer elements' in list & text glob '*a pattern that is long*' & "
      "yes(self.rank)");
  const Context context = {
      {"fact",
       {{"with", {{"a", {{"rather", {{"long", {{"path", {{"to", {{"it", "2.10"}}}}}}}}}}}}}}},
      {"list", {"one of the longer elements"}},
      {"text", "here: a pattern that is long."}};
  const Json self = {{"rank", 2}};
  const std::size_t before = test::allocations();
  const double found = predicate.score(context, self, named);
  const std::size_t after = test::allocations();
  CHECK(found == 5);
  CHECK(after == before);
}

}  // namespace
}  // namespace reg
