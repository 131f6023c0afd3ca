#include <reason/analysis.h>
#include <reason/condition_text.h>
#include <reason/why.h>
#include <reason/witness.h>
#include <algorithm>
#include <set>

namespace reg::reason {
namespace {

using Facts = std::vector<FactId>;  // ascending

constexpr std::size_t most_facts = 4;      // that are changed together
constexpr std::size_t most_changes = 8;    // that are told
constexpr std::size_t most_sets = 20'000;  // of facts that are tried
constexpr std::size_t most_boxes = 64;     // of each set, for a witness

// Looks for sets of facts, smallest first, by which the implementation wins if they are changed.
class Search {
 public:
  Search(const CompiledContest& contest, const Analysis& analysis, std::size_t symbol,
         const Context& given)
      : contest_(contest),
        analysis_(analysis),
        symbol_(symbol),
        given_(given),
        whole_(contest.whole(given)),
        budget_(analysis.budget()) {}

  WhyNot run();

 private:
  enum class Outcome : std::uint8_t { No, Yes, Open };

  void try_sets(std::size_t size, std::size_t begin, Facts& chosen);
  Outcome try_set(const Facts& changed);
  std::optional<ContextChange> change_in(const Boxes& boxes, const Facts& changed,
                                         Saying saying) const;
  std::optional<ContextChange> change_in(const Box& box, const Facts& changed, Saying saying) const;
  Box within(const Facts& changed) const;
  bool has_found_part_of(const Facts& facts) const;

  const CompiledContest& contest_;
  const Analysis& analysis_;
  const std::size_t symbol_;
  const Context& given_;
  const Context whole_;
  Budget budget_;
  WhyNot out_;
  std::vector<Facts> found_;
  std::size_t tried_ = 0;
  bool open_ = false;
};

// Where all facts but these are as they are, and those in them or around them.
Box Search::within(const Facts& changed) const {
  const Layout& layout = analysis_.layout();
  const Space& space = analysis_.space();
  const auto may_change = [&](FactId fact) {
    return std::ranges::any_of(
        changed, [&](FactId one) { return one == fact || space.are_related(one, fact); });
  };
  Box box = layout.full();
  for (std::size_t dimension = 0; dimension < layout.dimensions(); ++dimension) {
    if (space.is_fact(dimension)) {
      if (may_change(dimension)) continue;
      layout.clear(box, dimension);
      layout.set(box, dimension, Space::sampled);
    } else {
      const Condition& condition = space.condition(dimension);
      if (std::ranges::any_of(condition.facts, may_change)) continue;
      layout.clear(box, dimension);
      layout.set(box, dimension, holds(condition, space.tests(), whole_) ? 1 : 0);
    }
  }
  return box;
}

bool Search::has_found_part_of(const Facts& facts) const {
  return std::ranges::any_of(found_,
                             [&](const Facts& part) { return std::ranges::includes(facts, part); });
}

std::optional<ContextChange> Search::change_in(const Boxes& boxes, const Facts& changed,
                                               Saying saying) const {
  const std::size_t count = std::min(boxes.size(), most_boxes);
  for (const Box& box : std::span(boxes).first(count)) {
    if (auto change = change_in(box, changed, saying)) return change;
  }
  return std::nullopt;
}

std::optional<ContextChange> Search::change_in(const Box& box, const Facts& changed,
                                               Saying saying) const {
  std::optional<Context> example;
  const auto lies_in_it = [&](const Context& given) {
    if (!contest_.wins(symbol_, given)) return false;
    const Context whole = contest_.whole(given);
    const bool lies = meets_conditions(box, analysis_.space(), whole);
    if (!example || lies) example = whole;
    return lies;
  };
  static_cast<void>(context_in(box, analysis_.space(), given_, lies_in_it, changed));
  if (!example) return std::nullopt;
  ContextChange change{{}, std::move(*example)};
  for (const FactId fact : changed)
    change.facts.push_back(
        condition_of(fact, box, analysis_.space(), whole_, change.example, saying));
  return change;
}

// Where it is not sure that it wins, an example shows that it may; others like it may lose.
Search::Outcome Search::try_set(const Facts& changed) {
  const Rivals& rivals = analysis_.rivals();
  const Box box = within(changed);
  const Unbeaten unbeaten = rivals.unbeaten(symbol_, box, budget_);
  if (budget_.spent()) return Outcome::Open;
  if (unbeaten.boxes.empty()) return Outcome::No;
  // To meet a condition of a fact may change those in it, of which the condition knows nothing.
  const bool alone = std::ranges::none_of(
      changed, [&](FactId fact) { return analysis_.space().has_related(fact); });
  Budget budget = analysis_.budget();
  const Boxes sure = alone ? rivals.surely_wins(symbol_, box, budget) : Boxes{};
  std::optional<ContextChange> change;
  if (!budget.spent()) change = change_in(sure, changed, Saying::Whole);
  if (!change) change = change_in(unbeaten.boxes, changed, Saying::Example);
  if (!change) return Outcome::Open;
  out_.changes.push_back(std::move(*change));
  return Outcome::Yes;
}

void Search::try_sets(std::size_t size, std::size_t begin, Facts& chosen) {
  if (budget_.spent() || tried_ > most_sets) {
    open_ = true;
    return;
  }
  if (chosen.size() == size) {
    ++tried_;
    if (has_found_part_of(chosen)) return;
    const Outcome outcome = try_set(chosen);
    if (outcome == Outcome::Yes) found_.push_back(chosen);
    if (outcome == Outcome::Open) open_ = true;
    return;
  }
  const std::size_t facts = analysis_.space().tests().facts();
  for (FactId fact = begin; fact < facts && out_.changes.size() < most_changes; ++fact) {
    chosen.push_back(fact);
    try_sets(size, fact + 1, chosen);
    chosen.pop_back();
  }
}

// What is found with few facts is complete if nothing was left open with as many or fewer. Larger
// sets are told only where all smaller ones are decided.
WhyNot Search::run() {
  const std::size_t facts = analysis_.space().tests().facts();
  for (std::size_t size = 1; size <= std::min(facts, most_facts); ++size) {
    const bool is_first = found_.empty();
    Facts chosen;
    try_sets(size, 0, chosen);
    if (is_first) out_.complete = !open_ && out_.changes.size() < most_changes;
    if (out_.changes.size() >= most_changes || (open_ && !found_.empty())) break;
  }
  if (facts > most_facts && found_.empty()) out_.complete = false;
  return std::move(out_);
}

}  // namespace

WhyNot why(const CompiledContest& contest, std::size_t symbol, const Context& given,
           const ReasoningLimits& limits) {
  WhyNot out;
  const Context whole = contest.whole(given);
  out.wins = contest.wins_for(symbol, whole);
  if (out.wins) return out;
  const Sample sample{given, whole};
  const Analysis analysis({&contest}, limits, &sample, Vocabulary::Rich);
  if (!analysis.rivals().is_known(symbol)) return out;
  return Search(contest, analysis, symbol, given).run();
}

}  // namespace reg::reason
