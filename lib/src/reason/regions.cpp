#include <reason/regions.h>
#include <algorithm>
#include <limits>
#include <map>

namespace reg::reason {
Boxes without(Boxes boxes, const Regions& regions, const Layout& layout, Budget& budget) {
  for (const Region& region : regions)
    boxes = layout.subtract(std::move(boxes), region.box, budget);
  return boxes;
}

Regions RegionMaker::of(const Formula& formula, std::size_t side, Budget& budget) {
  switch (formula.kind) {
    case Formula::Kind::And:
      return conjunction(formula.parts, side, budget);
    case Formula::Kind::Or:
      return disjunction(formula.parts, side, budget);
    case Formula::Kind::Not:
      return negation(of(formula.parts.front(), side, budget), budget);
    case Formula::Kind::Test:
      return test(formula.test, side);
    case Formula::Kind::Number:
      return formula.number == 0 ? Regions{} : everywhere(Score::exact(formula.number));
    case Formula::Kind::Unknown:
      break;
  }
  return everywhere(Score::of(terms_.fresh(), -most, most));
}

Regions RegionMaker::everywhere(Score score) const {
  return {{space_.layout().full(), std::move(score)}};
}

Box RegionMaker::with(const Box& box, std::size_t dimension) const {
  Box out = box;
  space_.layout().clear(out, dimension);
  space_.layout().set(out, dimension, 1);
  return out;
}

// Where a part may be 0, the whole may be.
Regions RegionMaker::conjunction(const std::vector<Formula>& parts, std::size_t side,
                                 Budget& budget) {
  const Layout& layout = space_.layout();
  Regions sums = of(parts.front(), side, budget);
  std::vector<char> uncertain;
  for (const Region& region : sums) uncertain.push_back(region.score.may_be_zero() ? 1 : 0);
  for (const Formula& formula : std::span(parts).subspan(1)) {
    const Regions next = of(formula, side, budget);
    Regions joined;
    std::vector<char> joined_uncertain;
    for (std::size_t i = 0; i < sums.size(); ++i) {
      for (const Region& region : next) {
        if (!budget.allows(joined.size(), layout.cost())) return {};
        if (!layout.meet(sums[i].box, region.box)) continue;
        joined.push_back(
            {Layout::both(sums[i].box, region.box), plus(sums[i].score, region.score, terms_)});
        joined_uncertain.push_back(uncertain[i] != 0 || region.score.may_be_zero() ? 1 : 0);
      }
    }
    sums = std::move(joined);
    uncertain = std::move(joined_uncertain);
  }
  Regions out;
  for (std::size_t i = 0; i < sums.size(); ++i) {
    Score score = summed_up(std::move(sums[i].score));
    if (score.is_exact() && score.low == 0) continue;
    if (uncertain[i] != 0) score = zero_or(score, terms_);
    out.push_back({std::move(sums[i].box), std::move(score)});
  }
  return out;
}

// The first that is not 0: what follows counts outside of what stands before it, and where that may
// be 0.
Regions RegionMaker::disjunction(const std::vector<Formula>& parts, std::size_t side,
                                 Budget& budget) {
  const Layout& layout = space_.layout();
  Regions out = of(parts.front(), side, budget);
  for (const Formula& formula : std::span(parts).subspan(1)) {
    const Regions next = of(formula, side, budget);
    Regions joined;
    for (const Region& region : out) {
      if (!region.score.may_be_zero()) {
        joined.push_back(region);
        continue;
      }
      for (const Region& other : next) {
        if (!budget.allows(joined.size(), layout.cost())) return {};
        if (layout.meet(region.box, other.box))
          joined.push_back(
              {Layout::both(region.box, other.box), either(region.score, other.score, terms_)});
      }
      for (Box& box : without({region.box}, next, layout, budget))
        joined.push_back({std::move(box), region.score});
    }
    for (const Region& other : next) {
      for (Box& box : without({other.box}, out, layout, budget))
        joined.push_back({std::move(box), other.score});
    }
    out = std::move(joined);
    if (!budget.allows(out.size(), out.size() * layout.cost())) return {};
  }
  return out;
}

Regions RegionMaker::negation(const Regions& part, Budget& budget) {
  Regions out;
  for (Box& box : without({space_.layout().full()}, part, space_.layout(), budget))
    out.push_back({std::move(box), Score::exact(1)});
  for (const Region& region : part) {
    if (region.score.may_be_zero()) out.push_back({region.box, Score::of(terms_.fresh(), 0, 1)});
  }
  return out;
}

// Each is made once, whatever is left of the budget that it is made under.
const Regions& RegionMaker::test(TestId id, std::size_t side) {
  if (tests_.size() <= side) tests_.resize(side + 1);
  const auto found = tests_[side].find(id);
  if (found != tests_[side].end()) return found->second;
  Budget budget(limits_);
  Regions made = made_of_test(id, side, budget);
  if (budget.spent()) made = everywhere(Score::of(terms_.fresh(), 0, most));
  return tests_[side].emplace(id, std::move(made)).first->second;
}

Regions RegionMaker::made_of_test(TestId id, std::size_t side, Budget& budget) {
  const Layout& layout = space_.layout();
  const Tests& tests = space_.tests();
  if (!space_.is_of_classes(id)) {
    if (is_condition(tests[id]))
      return {{with(layout.full(), space_.holds(id, side)), Score::exact(1)}};
    const double least = tests[id].kind == Test::Kind::Rank ? -most : 0;
    return everywhere(Score::of(terms_.fresh(), least, most));
  }
  const FactId fact = tests.facts_of(id).front();
  Box nowhere = layout.full();
  layout.clear(nowhere, fact);
  std::map<Outcome, Box> boxes;
  for (const Scored& scored : space_.outcomes(id, side)) {
    Outcome outcome = scored.outcome;
    layout.set(boxes.try_emplace(outcome, nowhere).first->second, fact, scored.a_class);
  }
  Regions out;
  for (const auto& [outcome, box] : boxes) {
    switch (outcome.kind) {
      case Outcome::Kind::Score:
        out.push_back({box, Score::exact(outcome.score)});
        break;
      case Outcome::Kind::Condition:
        out.push_back({with(box, outcome.dimension), Score::exact(outcome.score)});
        break;
      case Outcome::Kind::Number:
        out.push_back({box, Score::of(terms_.named("rank " + std::to_string(fact)), outcome.low,
                                      outcome.high)});
        break;
      case Outcome::Kind::List:
        add_list(id, box, out, budget);
        break;
      case Outcome::Kind::Object:
        add_object(id, box, out, budget);
        break;
    }
  }
  return out;
}

// Where any of the conditions holds.
void RegionMaker::add_any(const std::vector<std::size_t>& conditions, const Box& where,
                          const Score& score, Regions& out, Budget& budget) {
  Boxes left = {where};
  for (const std::size_t dimension : conditions) {
    const Box wanted = with(space_.layout().full(), dimension);
    for (const Box& box : left) {
      if (space_.layout().meet(box, wanted)) out.push_back({Layout::both(box, wanted), score});
    }
    left = space_.layout().subtract(std::move(left), wanted, budget);
  }
}

void RegionMaker::add_list(TestId id, const Box& where, Regions& out, Budget& budget) {
  const Test& test = space_.tests()[id];
  std::vector<std::size_t> conditions;
  for (const ArgumentConditions& argument : space_.arguments(id)) {
    if (argument.contains) conditions.push_back(*argument.contains);
  }
  if (test.all == ast::All::No) return add_any(conditions, where, Score::exact(1), out, budget);
  if (conditions.size() < test.arguments()) return;
  Box box = where;
  for (const std::size_t dimension : conditions) box = with(box, dimension);
  out.push_back({std::move(box), Score::exact(static_cast<double>(test.arguments()))});
}

// Grades have no bound. Of several arguments the greatest counts, or their sum.
void RegionMaker::add_object(TestId id, const Box& where, Regions& out, Budget& budget) {
  const Test& test = space_.tests()[id];
  std::vector<std::size_t> conditions;
  for (const ArgumentConditions& argument : space_.arguments(id)) {
    if (argument.grade) conditions.push_back(*argument.grade);
  }
  if (conditions.empty()) return;
  const auto score_of = [&](const std::string& name) {
    return Score::of(terms_.named(name), least_positive, most);
  };
  if (test.all == ast::All::No) {
    std::vector<std::size_t> sorted = conditions;
    std::ranges::sort(sorted);
    sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
    std::string name = "grade";
    for (const std::size_t dimension : sorted) name += ' ' + std::to_string(dimension);
    return add_any(sorted, where, score_of(name), out, budget);
  }
  if (conditions.size() < test.arguments()) return;
  Region region{where, score_of("grade " + std::to_string(conditions.front()))};
  region.box = with(region.box, conditions.front());
  for (const std::size_t dimension : std::span(conditions).subspan(1)) {
    region.box = with(region.box, dimension);
    region.score = plus(region.score, score_of("grade " + std::to_string(dimension)), terms_);
  }
  region.score = summed_up(std::move(region.score));
  out.push_back(std::move(region));
}

}  // namespace reg::reason
