#include <reason/analysis.h>
#include <reason/witness.h>
#include <reg/reasoning.h>
#include <reg/selection.h>
#include <algorithm>
#include <map>

namespace reg {
namespace {

using reason::Analysis;
using reason::Box;
using reason::Boxes;
using reason::CompiledContest;
using Kind = SelectionDifference::Kind;

constexpr std::size_t most_tries = 24;    // boxes of one pair that are looked into for a witness
constexpr std::size_t most_changes = 32;  // that are told

using Winner = std::optional<std::size_t>;  // nullopt: none applies

class Comparison {
 public:
  Comparison(const CompiledContest& before, const CompiledContest& after,
             const ReasoningLimits& limits)
      : sides_{&before, &after},
        analysis_({&before, &after}, limits),
        budget_(analysis_.budget()) {}

  SelectionDifference run();

 private:
  std::optional<std::string> target(std::size_t side, Winner winner) const {
    if (!winner) return std::nullopt;
    return sides_[side]->contest().symbols[*winner].target;
  }
  std::string origin(std::size_t side, Winner winner) const {
    return winner ? origin_of(sides_[side]->contest().symbols[*winner]) : std::string();
  }
  // Whether it is the same implementation: others publish their own of a target.
  bool is_same(Winner before, Winner after) const {
    return target(0, before) == target(1, after) && origin(0, before) == origin(1, after);
  }
  // Where one may win; nullopt: that is not known.
  std::optional<std::vector<Boxes>> winning(std::size_t side) const;
  void compare(Winner before, const Boxes& old, Winner after, const Boxes& now);
  std::optional<Context> witness(const Box& box, Winner before, Winner after) const;

  const CompiledContest* sides_[2];
  const Analysis analysis_;
  reason::Budget budget_;
  SelectionDifference out_;
  bool open_ = false;
};

// By symbol, and last where none applies.
std::optional<std::vector<Boxes>> Comparison::winning(std::size_t side) const {
  const reason::Rivals& rivals = analysis_.rivals(side);
  std::vector<Boxes> out;
  for (std::size_t i = 0; i < rivals.size(); ++i) {
    if (!rivals.is_known(i)) return std::nullopt;
    reason::Budget budget = analysis_.budget();
    out.push_back(rivals.unbeaten(i, analysis_.layout().full(), budget).boxes);
    if (budget.spent()) return std::nullopt;
  }
  reason::Budget budget = analysis_.budget();
  out.push_back(rivals.perhaps_none(analysis_.layout().full(), budget));
  if (budget.spent()) return std::nullopt;
  return out;
}

std::optional<Context> Comparison::witness(const Box& box, Winner before, Winner after) const {
  return reason::context_in(box, analysis_.space(), Context::object(), [&](const Context& given) {
    return sides_[0]->accepts(given) && sides_[1]->accepts(given) &&
           sides_[0]->winner(given) == before && sides_[1]->winner(given) == after;
  });
}

void Comparison::compare(Winner before, const Boxes& old, Winner after, const Boxes& now) {
  std::size_t tries = 0;
  for (const Box& left : old) {
    for (const Box& right : now) {
      if (!budget_.allows(0, analysis_.layout().cost())) {
        open_ = true;
        return;
      }
      if (!analysis_.layout().meet(left, right)) continue;
      if (++tries > most_tries) {
        open_ = true;
        return;
      }
      auto context = witness(reason::Layout::both(left, right), before, after);
      if (!context) continue;
      out_.changes.push_back({std::move(*context), target(0, before), target(1, after),
                              origin(0, before), origin(1, after)});
      return;
    }
  }
  open_ = open_ || tries != 0;
}

SelectionDifference Comparison::run() {
  const auto old = winning(0);
  const auto now = winning(1);
  if (!old || !now) return {};
  const auto winner = [](const std::vector<Boxes>& all, std::size_t i) {
    return i + 1 == all.size() ? Winner() : Winner(i);
  };
  for (std::size_t i = 0; i < old->size(); ++i) {
    for (std::size_t j = 0; j < now->size(); ++j) {
      const Winner before = winner(*old, i), after = winner(*now, j);
      if (is_same(before, after) || out_.changes.size() == most_changes) continue;
      compare(before, (*old)[i], after, (*now)[j]);
    }
  }
  if (!out_.changes.empty()) {
    out_.kind = Kind::Changed;
  } else if (!open_) {
    out_.kind = Kind::Same;
  }
  return std::move(out_);
}

}  // namespace

SelectionDifference compare_selections(const Contest& before, const Contest& after,
                                       ReasoningLimits limits) {
  const CompiledContest old(before, reason::Pins::Obeyed), now(after, reason::Pins::Obeyed);
  return Comparison(old, now, limits).run();
}

}  // namespace reg
