#pragma once
// A candidate's predicate as lines: a tree with the score of each part.

#include <reg/selection.h>
#include <string>
#include <vector>

namespace reg::app {

struct TraceLine {
  std::string score;
  std::string tree;  // branches, in front of the expression
  std::string expr;
  std::string note;
  bool is_failure = false;  // what kept the candidate from applying
};

// None without a trace. All of it is printable.
std::vector<TraceLine> trace_lines(const Candidate& candidate);

}  // namespace reg::app
