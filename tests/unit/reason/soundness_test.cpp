#include "random_contest.h"

#include <doctest/doctest.h>
#include <reg/facts.h>
#include <algorithm>
#include <cstdlib>
#include <optional>
#include <set>

namespace reg::test {
namespace {

// How many random contests; as many as REG_TEST_CONTESTS says, and few under a sanitizer, which
// takes its time.
unsigned contests(unsigned usual) {
  if (const char* asked = std::getenv("REG_TEST_CONTESTS"))
    return static_cast<unsigned>(std::strtoul(asked, nullptr, 10));
#ifdef REG_SANITIZED
  return std::max(usual / 10, 8U);
#else
  return usual;
#endif
}

// What scoring every context finds.
struct Truth {
  std::vector<char> applies, refuses, wins, loses_applying;
  std::vector<std::vector<double>> scores;  // by context
  std::vector<std::size_t> winners;
};

Truth truth_of(const Contest& contest) {
  const std::size_t count = contest.symbols.size();
  Truth truth{std::vector<char>(count),
              std::vector<char>(count),
              std::vector<char>(count),
              std::vector<char>(count),
              {},
              {}};
  each_context(contest, [&](const Context& given) {
    const std::vector<double> scores = scores_of(contest, given);
    const std::size_t winner = winner_of(contest, given);
    for (std::size_t i = 0; i < count; ++i) {
      (scores[i] > 0 ? truth.applies : truth.refuses)[i] = 1;
      if (i == winner) truth.wins[i] = 1;
      if (i != winner && scores[i] > 0) truth.loses_applying[i] = 1;
    }
    truth.scores.push_back(scores);
    truth.winners.push_back(winner);
  });
  return truth;
}

struct Found {
  std::size_t claims = 0, truths = 0;
};

void check_applying(const Contest& contest, const Applying& claim, const Truth& truth,
                    std::size_t i, Found& found) {
  const bool never = truth.applies[i] == 0, always = truth.refuses[i] == 0;
  if (claim.verdict == Verdict::Never) CHECK(never);
  if (claim.verdict == Verdict::Always) CHECK(always);
  if (claim.witness) CHECK(scores_of(contest, *claim.witness)[i] > 0);
  if (never || always) ++found.truths;
  if (claim.verdict == Verdict::Never || claim.verdict == Verdict::Always) ++found.claims;
}

void check_beaten(const Winning& claim, const Truth& truth, std::size_t i) {
  for (const std::vector<double>& scores : truth.scores) {
    if (!(scores[i] > 0)) continue;
    bool beaten = false;
    for (const std::size_t by : claim.beaten_by)
      beaten = beaten || scores[by] > scores[i] || (scores[by] == scores[i] && by < i);
    CHECK(beaten);
    if (!beaten) return;
  }
}

void check_winning(const Contest& contest, const Winning& claim, const Truth& truth, std::size_t i,
                   Found& found) {
  const bool never = truth.wins[i] == 0;
  if (claim.verdict == Verdict::Never) {
    CHECK(never);
    check_beaten(claim, truth, i);
  }
  if (claim.verdict == Verdict::Always) CHECK(truth.loses_applying[i] == 0);
  if (claim.verdict == Verdict::Always) CHECK(truth.wins[i] == 1);
  if (claim.witness) CHECK(winner_of(contest, *claim.witness) == i);
  if (never) ++found.truths;
  if (claim.verdict == Verdict::Never) ++found.claims;
}

void check_ties(const std::vector<AlwaysTied>& groups, const Truth& truth) {
  for (const AlwaysTied& group : groups) {
    for (const std::vector<double>& scores : truth.scores) {
      for (const std::size_t i : group.symbols) CHECK(scores[i] == scores[group.symbols[0]]);
    }
  }
}

void check_claims(const Contest& contest, Found& applying, Found& winning) {
  const Truth truth = truth_of(contest);
  const Reasoner reasoner(contest);
  for (std::size_t i = 0; i < contest.symbols.size(); ++i) {
    INFO("symbol " << i);
    check_applying(contest, reasoner.applying(i), truth, i, applying);
    check_winning(contest, reasoner.winning(i), truth, i, winning);
  }
  check_ties(reasoner.always_tied(), truth);
}

}  // namespace

TEST_CASE("what is claimed of closed contests holds for every context") {
  Found applying, winning;
  for (unsigned seed = 0; seed < contests(150); ++seed) {
    const Contest contest = RandomContest(seed).closed();
    INFO("seed " << seed << "\n" << printed(contest));
    check_claims(contest, applying, winning);
  }
  MESSAGE("never or always applies: found " << applying.claims << " of " << applying.truths
                                            << "; never wins: " << winning.claims << " of "
                                            << winning.truths);
  CHECK(winning.claims * 10 >= winning.truths * 9);
}

TEST_CASE(
    "what is claimed where objects are joined with those of the base holds for all that is given") {
  Found applying, winning;
  for (unsigned seed = 5000; seed < 5000 + contests(25); ++seed) {
    const Contest contest = RandomContest(seed).joined();
    INFO("seed " << seed << "\n" << printed(contest));
    check_claims(contest, applying, winning);
  }
}

TEST_CASE("what is claimed of open contests holds for the contexts that are tried") {
  for (unsigned seed = 0; seed < contests(1000); ++seed) {
    RandomContest random(seed);
    const Contest contest = random.open();
    INFO("seed " << seed << "\n" << printed(contest));
    const Reasoner reasoner(contest);
    const std::vector<AlwaysTied> ties = reasoner.always_tied();
    std::vector<Applying> applying;
    std::vector<Winning> winning;
    for (std::size_t i = 0; i < contest.symbols.size(); ++i) {
      applying.push_back(reasoner.applying(i));
      winning.push_back(reasoner.winning(i));
      if (applying[i].witness) CHECK(scores_of(contest, *applying[i].witness)[i] > 0);
      if (winning[i].witness) CHECK(winner_of(contest, *winning[i].witness) == i);
    }
    for (int round = 0; round < 200; ++round) {
      const Context given = random.context();
      INFO("context " << to_text(given));
      const std::vector<double> scores = scores_of(contest, given);
      const std::size_t winner = winner_of(contest, given);
      for (std::size_t i = 0; i < scores.size(); ++i) {
        INFO("symbol " << i);
        if (applying[i].verdict == Verdict::Never) CHECK_FALSE(scores[i] > 0);
        if (applying[i].verdict == Verdict::Always) CHECK(scores[i] > 0);
        if (winning[i].verdict == Verdict::Never) CHECK(winner != i);
        if (winning[i].verdict == Verdict::Always && scores[i] > 0) CHECK(winner == i);
      }
      for (const AlwaysTied& group : ties) {
        for (const std::size_t i : group.symbols) CHECK(scores[i] == scores[group.symbols[0]]);
      }
    }
  }
}

namespace {

// The fewest facts whose change makes it win; nullopt: none does.
std::optional<std::size_t> fewest_changes(const Contest& contest, std::size_t symbol,
                                          const Context& now,
                                          std::set<std::set<std::string>>& sets) {
  std::optional<std::size_t> fewest;
  each_context(contest, [&](const Context& given) {
    if (winner_of(contest, given) != symbol) return;
    std::set<std::string> changed;
    for (const Fact& fact : contest.registry.context) {
      const auto a = now.find(fact.path), b = given.find(fact.path);
      if ((a == now.end()) != (b == given.end()) || (a != now.end() && *a != *b))
        changed.insert(fact.path);
    }
    if (!fewest || changed.size() < *fewest) {
      fewest = changed.size();
      sets.clear();
    }
    if (changed.size() == *fewest) sets.insert(changed);
  });
  return fewest;
}

}  // namespace

TEST_CASE("the changes that would make an implementation win are the smallest ones") {
  std::size_t answers = 0, complete = 0;
  for (unsigned seed = 0; seed < contests(150); ++seed) {
    RandomContest random(seed);
    const Contest contest = random.closed();
    std::vector<Context> contexts;
    each_context(contest, [&](const Context& given) { contexts.push_back(given); });
    const Context given = contexts[random.below(contexts.size())];
    const std::size_t symbol = random.below(contest.symbols.size());
    INFO("seed " << seed << "\n"
                 << printed(contest) << "\nsymbol " << symbol << " for " << given.dump());
    const WhyNot why = Reasoner(contest).why(symbol, given);
    CHECK(why.wins == (winner_of(contest, given) == symbol));
    if (why.wins) continue;
    std::set<std::set<std::string>> sets;
    const std::optional<std::size_t> fewest = fewest_changes(contest, symbol, given, sets);
    ++answers;
    complete += why.complete ? 1U : 0U;
    if (!fewest) CHECK(why.changes.empty());
    if (why.complete && fewest) {
      REQUIRE(!why.changes.empty());
      CHECK(why.changes.front().facts.size() == *fewest);
    }
    std::set<std::set<std::string>> found;
    for (const ContextChange& change : why.changes) {
      std::set<std::string> names;
      Contest bare = contest;
      bare.base = Context::object();
      CHECK(winner_of(bare, change.example) == symbol);
      for (const FactCondition& fact : change.facts) {
        names.insert(fact.fact);
        if (fact.condition.empty()) continue;
        INFO("condition " << fact.condition);
        CHECK(Predicate::parse(fact.condition)
                  .score(change.example, Json::object(), contest.named,
                         versions_of(contest.registry)) > 0);
      }
      if (change.facts.size() == fewest.value_or(0)) found.insert(names);
    }
    if (why.complete && why.changes.size() < 8) CHECK(found == sets);
  }
  MESSAGE("complete answers: " << complete << " of " << answers);
}

TEST_CASE("what would make an implementation win does so for all that meets the conditions") {
  for (unsigned seed = 1000; seed < 1000 + contests(150); ++seed) {
    RandomContest random(seed);
    const Contest contest = random.closed();
    std::vector<Context> contexts;
    each_context(contest, [&](const Context& given) { contexts.push_back(given); });
    const Context given = contexts[random.below(contexts.size())];
    const std::size_t symbol = random.below(contest.symbols.size());
    INFO("seed " << seed << "\n"
                 << printed(contest) << "\nsymbol " << symbol << " for " << given.dump());
    for (const ContextChange& change : Reasoner(contest).why(symbol, given).changes) {
      for (const Context& other : contexts) {
        bool meets = true;
        for (const Fact& fact : contest.registry.context) {
          const auto changed =
              std::find_if(change.facts.begin(), change.facts.end(),
                           [&](const FactCondition& one) { return one.fact == fact.path; });
          if (changed == change.facts.end()) {
            const auto a = given.find(fact.path), b = other.find(fact.path);
            meets =
                meets && (a == given.end()) == (b == other.end()) && (a == given.end() || *a == *b);
          } else {
            Context whole = contest.base;
            merge_context(whole, other);
            meets = meets && !changed->condition.empty() &&
                    Predicate::parse(changed->condition)
                            .score(whole, Json::object(), contest.named,
                                   versions_of(contest.registry)) > 0;
          }
        }
        if (!meets) continue;
        INFO("context " << other.dump());
        for (const FactCondition& one : change.facts) INFO("condition " << one.condition);
        CHECK(winner_of(contest, other) == symbol);
      }
    }
  }
}

namespace {

std::size_t pinned_winner_of(const Contest& contest, const Context& given) {
  const Pin* pin = contest.registry.pin(contest.oid);
  if (pin == nullptr) return winner_of(contest, given);
  const auto pinned = std::ranges::find(contest.symbols, pin->target, &Symbol::target);
  const auto index = static_cast<std::size_t>(pinned - contest.symbols.begin());
  const bool applies = pinned != contest.symbols.end() && scores_of(contest, given)[index] > 0;
  return applies ? index : winner_of(contest, given);
}

// None, one of the symbols, or what is not registered.
void pin_any(Contest& contest, RandomContest& random) {
  contest.registry.pins.clear();
  const std::size_t chosen = random.below(contest.symbols.size() + 2);
  if (chosen > contest.symbols.size()) return;
  const bool is_registered = chosen < contest.symbols.size();
  contest.registry.pins = {
      {contest.oid, is_registered ? contest.symbols[chosen].target : "nobody", "because"}};
}

// A predicate, what is pinned, or both.
void change_any(Contest& contest, RandomContest& random) {
  const std::size_t which = random.below(3);
  if (which != 0) pin_any(contest, random);
  if (which == 1) return;
  Symbol& changed = contest.symbols[random.below(contest.symbols.size())];
  if (random.below(4) == 0) {
    changed.select.reset();
  } else {
    changed.select = random.predicate(2);
  }
}

}  // namespace

TEST_CASE("selections over bases that are joined differently are the same only where they are") {
  std::size_t same = 0;
  for (unsigned seed = 6000; seed < 6000 + contests(30); ++seed) {
    RandomContest random(seed);
    const Contest before = random.joined();
    Contest after = before;
    random.change_base(after);
    INFO("seed " << seed << "\n" << printed(before) << "\nafter\n" << printed(after));
    const SelectionDifference found = compare_selections(before, after);
    std::size_t differences = 0;
    each_context(before, [&](const Context& given) {
      if (winner_of(before, given) != winner_of(after, given)) ++differences;
    });
    if (found.kind == SelectionDifference::Kind::Same) CHECK(differences == 0);
    same += found.kind == SelectionDifference::Kind::Same ? 1U : 0U;
  }
  CHECK(same > 0);
}

TEST_CASE("selections are the same only where they are, and changes are real") {
  std::size_t same = 0, truly_same = 0, undecided = 0;
  for (unsigned seed = 2000; seed < 2000 + contests(100); ++seed) {
    RandomContest random(seed);
    Contest before = random.closed();
    if (seed % 2 == 0) pin_any(before, random);
    Contest after = before;
    change_any(after, random);
    INFO("seed " << seed << "\n" << printed(before) << "\nafter\n" << printed(after));
    std::set<std::pair<std::size_t, std::size_t>> pairs;
    Contest both = before;  // what is read in either
    both.symbols.insert(both.symbols.end(), after.symbols.begin(), after.symbols.end());
    each_context(both, [&](const Context& given) {
      const auto old = pinned_winner_of(before, given), now = pinned_winner_of(after, given);
      if (old != now) pairs.insert({old, now});
    });
    const SelectionDifference found = compare_selections(before, after);
    if (found.kind == SelectionDifference::Kind::Same) CHECK(pairs.empty());
    if (found.kind == SelectionDifference::Kind::Changed) CHECK(!pairs.empty());
    for (const SelectionChange& change : found.changes) {
      const auto target = [](const Contest& contest, std::size_t index) {
        return index == contest.symbols.size() ? std::optional<std::string>()
                                               : contest.symbols[index].target;
      };
      CHECK(target(before, pinned_winner_of(before, change.context)) == change.before);
      CHECK(target(after, pinned_winner_of(after, change.context)) == change.after);
    }
    if (found.kind != SelectionDifference::Kind::Undecided)
      CHECK(found.changes.size() == pairs.size());
    same += found.kind == SelectionDifference::Kind::Same ? 1U : 0U;
    undecided += found.kind == SelectionDifference::Kind::Undecided ? 1U : 0U;
    truly_same += pairs.empty() ? 1U : 0U;
  }
  MESSAGE("same: found " << same << " of " << truly_same << "; undecided " << undecided);
}

}  // namespace reg::test
