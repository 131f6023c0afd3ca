#include "random_contest.h"

#include <doctest/doctest.h>
#include <predicate/tested_fact.h>
#include <reason/analysis.h>
#include <reg/facts.h>
#include <algorithm>

namespace reg::reason {
namespace {

// Whether a test scores for a value as it is said to for a class, with the further conditions
// evaluated for that value.
class Lemma {
 public:
  Lemma(const Space& space, const Context& whole) : space_(space), whole_(whole) {}

  // Whether all tests of that fact alone score as they do for the class.
  bool scores_alike(FactId fact, std::size_t a_class) const {
    for (TestId id = 0; id < space_.tests().size(); ++id) {
      if (space_.tests().facts_of(id) != std::vector{fact}) continue;
      if (!fits(id, outcome(id, a_class))) return false;
    }
    return true;
  }

 private:
  Outcome outcome(TestId id, std::size_t a_class) const {
    const std::vector<Scored>& all = space_.outcomes(id, 0);
    const auto found = std::ranges::find(all, a_class, &Scored::a_class);
    return found == all.end() ? Outcome{} : found->outcome;
  }
  bool holds(std::optional<std::size_t> dimension) const {
    return dimension && reason::holds(space_.condition(*dimension), space_.tests(), whole_);
  }
  // By the further condition of each argument: whether any holds, or all of them do.
  bool has_arguments(TestId id, std::optional<std::size_t> ArgumentConditions::*which) const {
    const auto& arguments = space_.arguments(id);
    const auto one_holds = [&](const ArgumentConditions& one) { return holds(one.*which); };
    return space_.tests()[id].all == ast::All::Yes ? std::ranges::all_of(arguments, one_holds)
                                                   : std::ranges::any_of(arguments, one_holds);
  }
  bool fits(TestId id, const Outcome& outcome) const {
    const Test& test = space_.tests()[id];
    const double score = reason::score(
        test, [&](FactId fact) { return ast::descend(&whole_, space_.tests().keys(fact)); });
    const bool all = test.all == ast::All::Yes;
    switch (outcome.kind) {
      case Outcome::Kind::Score:
        return score == outcome.score;
      case Outcome::Kind::Condition:
        return score == (holds(outcome.dimension) ? outcome.score : 0);
      case Outcome::Kind::Number:
        return outcome.low <= score && score <= outcome.high;
      case Outcome::Kind::List:
        return score == (!has_arguments(id, &ArgumentConditions::contains) ? 0
                         : all ? static_cast<double>(test.arguments())
                               : 1);
      case Outcome::Kind::Object:
        return (score > 0) == has_arguments(id, &ArgumentConditions::grade);
    }
    return false;
  }

  const Space& space_;
  const Context& whole_;
};

bool lies_in_some_class(const Space& space, FactId fact, const Context& whole) {
  const Lemma lemma(space, whole);
  for (std::size_t a_class = 0; a_class < space.layout().cells(fact); ++a_class) {
    if (lemma.scores_alike(fact, a_class)) return true;
  }
  return false;
}

// Of every fact in the context: on its own, as far as its type allows.
void check_values(const CompiledContest& contest, const Space& space, const Context& given) {
  for (FactId fact = 0; fact < space.tests().facts(); ++fact) {
    const std::string& name = space.tests().keys(fact).front();
    Context one = Context::object();
    if (given.contains(name)) one[name] = given[name];
    if (!contest.accepts(one)) continue;
    INFO("value " << to_text(one));
    CHECK(lies_in_some_class(space, fact, contest.whole(one)));
  }
}

void check(const Contest& contest, reg::test::RandomContest& random) {
  const CompiledContest compiled(contest);
  const Analysis analysis({&compiled}, {});
  INFO(reg::test::printed(contest));
  for (int round = 0; round < 60; ++round)
    check_values(compiled, analysis.space(), random.context());
}

}  // namespace

TEST_CASE("every value of a fact lies in a cell of which all tests score alike") {
  for (unsigned seed = 0; seed < 400; ++seed) {
    reg::test::RandomContest random(seed);
    check(random.open(), random);
  }
}

TEST_CASE("so does every value of a declared type") {
  for (unsigned seed = 400; seed < 800; ++seed) {
    reg::test::RandomContest random(seed);
    Contest contest = random.closed();
    for (Fact& fact : contest.registry.context) fact.values.clear();
    check(contest, random);
  }
}

TEST_CASE("so does every declared value") {
  for (unsigned seed = 800; seed < 1000; ++seed) {
    reg::test::RandomContest random(seed);
    check(random.closed(), random);
  }
}

TEST_CASE("a fact that two states declare may be what both accept") {
  const Fact text{"device", FieldType::String, {"cpu", "cuda"}, {}};
  const Fact some{"device", FieldType::Any, {"cuda", 1}, {}};
  CHECK(common(domain_of(&text), domain_of(&some)).values == std::vector<Json>{"cuda"});
  CHECK(common(domain_of(nullptr), domain_of(&text)).values == text.values);
  const Fact integer{"sm", FieldType::Int, {}, {}}, number{"sm", FieldType::Number, {}, {}};
  CHECK(common(domain_of(&number), domain_of(&integer)).numbers == Numbers::Integers);
}

}  // namespace reg::reason
