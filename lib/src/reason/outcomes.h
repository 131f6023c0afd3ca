#pragma once
// How tests score for cells, and which further conditions that takes.

#include <reason/space.h>

namespace reg::reason {

// Those of a space while it is made.
class Outcomes {
 public:
  Outcomes(Space& space, CellRules rules) : space_(space), rules_(rules) {}

  // Of a test of one fact, where the fact is what the cell says, on one side.
  Outcome of(TestId id, std::size_t side, const Cell& cell);
  // The further conditions that a test may ask for besides.
  void add_conditions(TestId id);

 private:
  bool is_open(const Test& test, const Cell& cell) const;
  Outcome of_comparison(TestId id, const Cell& cell);
  Outcome of_test_of_fact(TestId id, const Cell& cell);
  Outcome if_it_holds(TestId id, double score);
  std::size_t contains(TestId id, const Side& fact, const ast::Value& value);

  Space& space_;
  const CellRules rules_;
};

}  // namespace reg::reason
