#pragma once
// A predicate as regions: where in the space it scores what.

#include <reason/box.h>
#include <reason/formula.h>
#include <reason/score.h>
#include <reason/space.h>
#include <unordered_map>
#include <vector>

namespace reg::reason {

struct Region {
  Box box;
  Score score;
};
// They have no context in common; everywhere else the score is 0.
using Regions = std::vector<Region>;

// Makes regions, and names what scores have in common. Where the budget ends early, they are not
// those of the formula.
class RegionMaker {
 public:
  // The space must outlive it.
  RegionMaker(const Space& space, const ReasoningLimits& limits) : space_(space), limits_(limits) {}

  Regions of(const Formula& formula, std::size_t side, Budget& budget);

 private:
  Regions conjunction(const std::vector<Formula>& parts, std::size_t side, Budget& budget);
  Regions disjunction(const std::vector<Formula>& parts, std::size_t side, Budget& budget);
  Regions negation(const Regions& part, Budget& budget);
  const Regions& test(TestId id, std::size_t side);
  Regions made_of_test(TestId id, std::size_t side, Budget& budget);
  Regions everywhere(Score score) const;
  void add_list(TestId id, const Box& where, Regions& out, Budget& budget);
  void add_object(TestId id, const Box& where, Regions& out, Budget& budget);
  void add_any(const std::vector<std::size_t>& conditions, const Box& where, const Score& score,
               Regions& out, Budget& budget);
  Box with(const Box& box, std::size_t dimension) const;

  const Space& space_;
  const ReasoningLimits limits_;
  Terms terms_;
  std::vector<std::unordered_map<TestId, Regions>> tests_;  // by side
};

// What is in some of the boxes, without what is in any region.
Boxes without(Boxes boxes, const Regions& regions, const Layout& layout, Budget& budget);

}  // namespace reg::reason
