#include <doctest/doctest.h>
#include <predicate/evaluation.h>
#include <predicate/generators.h>
#include <predicate/outlook.h>
#include <predicate/value.h>
#include <algorithm>

namespace reg::ast {
namespace {

using test::Writer;

Outlook outlook_of(const std::string& text, const Json& self = Json::object(),
                   const PredicateSet& named = {}) {
  return outlook(Predicate::parse(text), self, named);
}

// `fact == [values]`, `fact == or has [values]` or `fact has [values]`, one after the other.
std::string required(const std::string& text, const Json& self = Json::object(),
                     const PredicateSet& named = {}) {
  std::string all;
  for (const Requirement& one : outlook_of(text, self, named).requirements) {
    for (const std::string& key : one.fact) all += (&key == &one.fact.front() ? "" : ".") + key;
    all += one.match == Match::Equal    ? " == "
           : one.match == Match::Within ? " has "
                                        : " == or has ";
    all += Json(one.values).dump() + "; ";
  }
  return all;
}

PredicateSet definitions() {
  PredicateSet named;
  named.define("gpu", {});
  named.define("one", {{"p"}, Predicate::parse("p == 'a' & has(p.x) & yes(2)")});
  named.define("two", {{"p", "q"}, Predicate::parse("one(q) & yes(3) | one(p.x) & p == q")});
  return named;
}

TEST_CASE("equality with a literal or a field, and membership, are requirements") {
  CHECK(required("device == 'cuda'") == "device == [\"cuda\"]; ");
  CHECK(required("1 == a.b") == "a.b == [1]; ");
  CHECK(required("a == self.x.y", {{"x", {{"y", true}}}}) == "a == [true]; ");
  CHECK(required("a in ['x', 2]") == "a == [\"x\",2]; ");
  CHECK(required("a in self.list", {{"list", {1, 2}}}) == "a == [1,2]; ");
  CHECK(required("'avx2' in isa") == "isa has [\"avx2\"]; ");
  CHECK(required("gpu('a', self.x)", {{"x", 4}}, definitions()) == "gpu == or has [\"a\",4]; ");
}

TEST_CASE("a field that the candidate does not have meets nothing") {
  CHECK(required("a == self.x & b in self.x & self.x in c") == "a == []; b == []; c has []; ");
}

TEST_CASE("what an index cannot look up is no requirement") {
  for (const char* text :
       {"a",           "a != 1",      "a >= 1",   "a == b",         "1 == 1",
        "a == null",   "a == [1]",    "a == v12", "a in [1, null]", "a in [1, v2]",
        "a in 'text'", "null in a",   "a in b",   "~(a == 1)",      "has(a)",
        "yes(a)",      "a glob 'x*'", "gpu()",    "gpu(a)",         "gpu(null)"}) {
    CAPTURE(text);
    CHECK(required(text, Json::object(), definitions()) == "");
  }
}

TEST_CASE("a conjunction requires what its parts do, a disjunction what all of them do") {
  CHECK(required("a == 1 & b & c == 2") == "a == [1]; c == [2]; ");
  CHECK(required("a == 1 | a == 2 | a in [3]") == "a == [1,2,3]; ");
  CHECK(required("a == 1 & b == 1 | b == 2 & c == 1") == "b == [1,2]; ");
  CHECK(required("a == 1 | 1 in a") == "");
  CHECK(required("a == 1 | b") == "");
}

TEST_CASE("arguments stand for the parameters of named predicates") {
  CHECK(required("one(fact)", {}, definitions()) == "fact == [\"a\"]; ");
  CHECK(required("two(fact, 'b')", {}, definitions()) == "");
  CHECK(required("two(fact.x, fact.x.x)", {}, definitions()) == "fact.x.x == [\"a\",\"a\"]; ");
}

TEST_CASE("the part that a requirement is all of is known") {
  Predicate predicate = Predicate::parse("a == 1 & (b == 1 | b == 2) & gpu('x')");
  Outlook outlook = ast::outlook(predicate, Json::object(), definitions());
  REQUIRE(outlook.requirements.size() == 3);
  auto parts = parts_of(predicate);
  CHECK(outlook.requirements[0].part == &parts[0]);
  CHECK(outlook.requirements[1].part == nullptr);
  CHECK(outlook.requirements[2].part == &parts[2]);
}

TEST_CASE("the best score is the sum of a conjunction's, and the greatest of a disjunction's") {
  CHECK(outlook_of("a & b == 1 & ~c").best == 3);
  CHECK(outlook_of("a & yes(2.5) | yes(4)").best == 4);
  CHECK(outlook_of("yes(self.rank) & a", {{"rank", 7}}).best == 8);
  CHECK(outlook_of("yes(self.rank)", {{"rank", "x"}}).best == 0);
  CHECK(outlook_of("yes(-3) & a").best == 0);
  CHECK(outlook_of("yes(rank)").best > 1e308);
  CHECK(outlook_of("two(a, b) & c", {}, definitions()).best == 8);
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
  CHECK(outlook.best > 1e308);
}

bool meets(const Json& facts, const Requirement& requirement) {
  const Json* fact = descend(&facts, requirement.fact);
  return std::any_of(requirement.values.begin(), requirement.values.end(), [&](const Json& value) {
    bool equal = requirement.match != Match::Within && holds(Operator::Equal, fact, &value);
    bool list = fact != nullptr && fact->is_array();
    bool within = requirement.match == Match::Within || list;
    return equal ||
           (requirement.match != Match::Equal && within && holds(Operator::In, &value, fact));
  });
}

TEST_CASE("no score is beyond the best, and none but 0 is without what is required") {
  const PredicateSet named = definitions();
  CHECK(rc::check("an outlook holds", [&named] {
    const Predicate predicate =
        Predicate::parse(Writer(5).write((*test::arbitrary_calling_predicate()).tree));
    const Json self = *test::arbitrary_facts();
    const Outlook outlook = ast::outlook(predicate, self, named);
    for (int i = 0; i < 10; ++i) {
      const Json facts = *test::arbitrary_facts();
      double score = predicate.score(facts, self, named);
      RC_ASSERT(score <= outlook.best);
      if (score == 0) continue;
      for (const Requirement& requirement : outlook.requirements) {
        RC_ASSERT(meets(facts, requirement));
      }
    }
  }));
}

}  // namespace
}  // namespace reg::ast
