#include <doctest/doctest.h>
#include <predicate/evaluation.h>
#include <predicate/generators.h>
#include <predicate/outlook.h>
#include <predicate/print.h>
#include <predicate/version_reading.h>
#include <algorithm>

namespace reg::ast {
namespace {

using test::Writer;

Outlook outlook_of(const std::string& text, const Json& self = Json::object(),
                   const PredicateSet& named = {}, const Versions& versions = {}) {
  return outlook(Predicate::parse(text), self, named, VersionPaths(versions));
}

// `fact == [values]`, `fact == or has [values]` or `fact has [values]`, one after the other.
std::string required(const std::string& text, const Json& self = Json::object(),
                     const PredicateSet& named = {}, const Versions& versions = {}) {
  std::string all;
  for (const Requirement& one : outlook_of(text, self, named, versions).requirements) {
    for (const std::string& key : one.fact) all += (&key == &one.fact.front() ? "" : ".") + key;
    all += one.match == Match::Equal    ? " == "
           : one.match == Match::Within ? " has "
                                        : " == or has ";
    all += printed(one.values) + "; ";
  }
  return all;
}

PredicateSet definitions() {
  PredicateSet named;
  named.define("gpu", {});
  named.define("near", {{}, {}, true});
  named.define("one", {{"p"}, Predicate::parse("p == 'a' & has(p.x) & yes(2)")});
  named.define("two", {{"p", "q"}, Predicate::parse("one(q) & yes(3) | one(p.x) & p == q")});
  return named;
}

TEST_CASE("equality with a literal or a field, and membership, are requirements") {
  CHECK(required("device == 'cuda'") == "device == [\"cuda\"]; ");
  CHECK(required("1 == a.b") == "a.b == [1]; ");
  CHECK(required("a == self.x.y", {{"x", {{"y", true}}}}) == "a == [true]; ");
  CHECK(required("a in ['x', 2]") == "a == [\"x\", 2]; ");
  CHECK(required("a in self.list", {{"list", {1, 2}}}) == "a == [1, 2]; ");
  CHECK(required("'avx2' in isa") == "isa has [\"avx2\"]; ");
  CHECK(required("gpu('a', self.x)", {{"x", 4}}, definitions()) == "gpu == or has [\"a\", 4]; ");
}

TEST_CASE("a field that the candidate does not have meets nothing") {
  CHECK(required("a == self.x & b in self.x & self.x in c") == "a == []; b == []; c has []; ");
}

TEST_CASE("what an index cannot look up is no requirement") {
  for (const char* text :
       {"a",         "a != 1",         "a >= 1",        "a == b",      "1 == 1",    "a == null",
        "a == [1]",  "a in [1, null]", "a >= v12",      "a in 'text'", "null in a", "a in b",
        "~(a == 1)", "has(a)",         "yes(a)",        "a glob 'x*'", "gpu()",     "gpu(a)",
        "gpu(null)", "gpu([1])",       "self.x == null"}) {
    CAPTURE(text);
    CHECK(required(text, Json::object(), definitions()) == "");
  }
}

TEST_CASE("versions are required in their normal form, and numbers as the numbers that they are") {
  CHECK(required("a == v12.0") == "a == [v12]; ");
  CHECK(required("a in ['x', v2.0rc1, 2.10]") == "a == [\"x\", v2-rc.1, 2.1]; ");
  CHECK(required("v2.10 in a") == "a has [v2.10]; ");
  CHECK(required("gpu(v1.0, 'x')", {}, definitions()) == "gpu == or has [v1, \"x\"]; ");
}

TEST_CASE("what is compared with a fact or field of type version is required as a version") {
  const Versions versions = {{"a", "gpu", "`b.c`"}, {"driver"}};
  auto of = [&versions](const std::string& text) {
    return required(text, {{"driver", "v1.20"}, {"other", "2.0"}}, definitions(), versions);
  };
  CHECK(of("a == '12.0' & a == 12 & a == 2.10") == "a == [v12]; a == [v12]; a == [v2.10]; ");
  CHECK(of("b == self.driver & b == self.other") == "b == [v1.20]; b == [\"2.0\"]; ");
  CHECK(of("`b.c` in ['1.0', 'x', true, '2']") == "b.c == [v1, v2]; ");
  CHECK(of("self.driver in b") == "b has [v1.20]; ");
  CHECK(of("gpu('1.0', 'v2')") == "gpu == or has [v1, v2]; ");
  CHECK(of("a == 'x'") == "a == []; ");
  // Null equals null, whatever the type; any text may be part of a text, or a key.
  CHECK(of("a == null | a in ['1', null]") == "");
  CHECK(of("'x' in a | gpu('x')") == "");
  CHECK(of("one(a)") == "a == []; ");
}

TEST_CASE("null meets no path") {
  CHECK(required("a == self.x & self.x in b & gpu(self.x)", {{"x", nullptr}}, definitions()) ==
        "a == []; b has []; gpu == or has []; ");
  CHECK(required("a in self.x", {{"x", nullptr}}) == "a == []; ");
}

TEST_CASE("each argument of a test that all must pass is a requirement, and none is all of it") {
  CHECK(required("near('a', 1)", {}, definitions()) ==
        "near == or has [\"a\"]; near == or has [1]; ");
  CHECK(required("near('a', b, null)", {}, definitions()) == "near == or has [\"a\"]; ");
  Predicate predicate = Predicate::parse("near('a', b) & near('a') & gpu('a', 'b')");
  Outlook outlook = ast::outlook(predicate, Json::object(), definitions());
  REQUIRE(outlook.requirements.size() == 3);
  CHECK(outlook.requirements[0].part == nullptr);
  CHECK(outlook.requirements[1].part == &parts_of(predicate)[1]);
  CHECK(outlook.requirements[2].part == &parts_of(predicate)[2]);
}

TEST_CASE("grades are without bounds, and only where a fact that is tested is an object") {
  Outlook outlook =
      outlook_of("gpu('a', 'b') & near('a', 'b', 'c') & near() | yes(7)", {}, definitions());
  CHECK(outlook.best.ungraded == 7);
  CHECK(outlook.best.any > 1e308);
  CHECK(outlook.graded == std::vector<std::string>{"gpu", "near"});
  CHECK(outlook_of("gpu() & ~gpu('a')", {}, definitions()).best.any == 2);
}

TEST_CASE("a conjunction requires what its parts do, a disjunction what all of them do") {
  CHECK(required("a == 1 & b & c == 2") == "a == [1]; c == [2]; ");
  CHECK(required("a == 1 | a == 2 | a in [3]") == "a == [1, 2, 3]; ");
  CHECK(required("a == 1 & b == 1 | b == 2 & c == 1") == "b == [1, 2]; ");
  CHECK(required("a == 1 | 1 in a") == "");
  CHECK(required("a == 1 | b") == "");
}

TEST_CASE("arguments stand for the parameters of named predicates") {
  CHECK(required("one(fact)", {}, definitions()) == "fact == [\"a\"]; ");
  CHECK(required("two(fact, 'b')", {}, definitions()) == "");
  CHECK(required("two(fact.x, fact.x.x)", {}, definitions()) == "fact.x.x == [\"a\", \"a\"]; ");
}

TEST_CASE("the part that a requirement is all of is known") {
  Predicate predicate = Predicate::parse("a == 1 & (b == 1 | b == 2) & gpu('x')");
  Outlook outlook = ast::outlook(predicate, Json::object(), definitions());
  REQUIRE(outlook.requirements.size() == 3);
  auto parts = parts_of(predicate);
  CHECK(outlook.requirements[0].part == parts.data());
  CHECK(outlook.requirements[1].part == nullptr);
  CHECK(outlook.requirements[2].part == &parts[2]);
}

TEST_CASE("the best score is the sum of a conjunction's, and the greatest of a disjunction's") {
  CHECK(outlook_of("a & b == 1 & ~c").best.any == 3);
  CHECK(outlook_of("a & yes(2.5) | yes(4)").best.any == 4);
  CHECK(outlook_of("yes(self.rank) & a", {{"rank", 7}}).best.any == 8);
  CHECK(outlook_of("yes(self.rank)", {{"rank", "x"}}).best.any == 0);
  CHECK(outlook_of("yes(-3) & a").best.any == 0);
  CHECK(outlook_of("yes(rank)").best.any > 1e308);
  CHECK(outlook_of("two(a, b) & c", {}, definitions()).best.any == 8);
  CHECK(outlook_of("two(a, b) & c", {}, definitions()).best.ungraded == 8);
}

TEST_CASE("a predicate that is too long with all that it calls has no outlook to speak of") {
  PredicateSet named;
  named.define("p0", {{}, Predicate::parse("a == 1")});
  for (int i = 1; i < 16; ++i) {
    std::string call = "p" + std::to_string(i - 1) + "()";
    named.define("p" + std::to_string(i), {{}, Predicate::parse(call + " & " + call)});
  }
  Outlook outlook = outlook_of("p15()", {}, named);
  CHECK(outlook.requirements.empty());
  CHECK(outlook.best.any > 1e308);
}

bool meets(const Json& fact, const Json& value, Match match) {
  if (match != Match::Equal && fact.is_array()) {
    return std::any_of(fact.begin(), fact.end(),
                       [&](const Json& element) { return meets(element, value, Match::Equal); });
  }
  // In an index, these are not told apart further.
  if (match == Match::Within || (match == Match::Tested && fact.is_object()))
    return fact.is_object() || fact.is_string();
  if (!is_version(value)) return equal(fact, value);
  VersionReading reading(fact);
  return reading.valid() && reading.version() == VersionReading(value).version();
}

bool meets(const Json& facts, const Requirement& requirement) {
  const Json* fact = descend(&facts, requirement.fact);
  return fact != nullptr &&
         std::any_of(requirement.values.begin(), requirement.values.end(),
                     [&](const Json& value) { return meets(*fact, value, requirement.match); });
}

bool is_graded(const Json& facts, const Outlook& outlook) {
  return std::any_of(outlook.graded.begin(), outlook.graded.end(),
                     [&facts](const std::string& name) {
                       return facts.contains(name) && facts[name].is_object();
                     });
}

TEST_CASE("no score is beyond the best, and none but 0 is without what is required") {
  const PredicateSet named = definitions();
  CHECK(rc::check("an outlook holds", [&named] {
    const Predicate predicate =
        Predicate::parse(Writer(5).write((*test::arbitrary_calling_predicate()).tree));
    const Json self = *test::arbitrary_facts();
    const Versions versions = *test::arbitrary_versions();
    const Outlook outlook = ast::outlook(predicate, self, named, VersionPaths(versions));
    for (int i = 0; i < 10; ++i) {
      const Json facts = *test::arbitrary_facts();
      double score = predicate.score(facts, self, named, versions);
      RC_ASSERT(score <= outlook.best.any);
      RC_ASSERT(is_graded(facts, outlook) || score <= outlook.best.ungraded);
      if (score == 0) continue;
      for (const Requirement& requirement : outlook.requirements) {
        RC_ASSERT(meets(facts, requirement));
      }
    }
  }));
}

}  // namespace
}  // namespace reg::ast
