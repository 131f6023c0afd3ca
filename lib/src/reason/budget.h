#pragma once
// What one question may take.

#include <reg/reasoning.h>
#include <cstddef>

namespace reg::reason {

// Work goes on until its bound is met, then ends early everywhere: what was found until then is not
// all, so whoever asks looks at `spent` at the end.
class Budget {
 public:
  explicit Budget(const ReasoningLimits& limits) : limits_(limits) {}

  // Whether there is room for so many boxes, and for so many more steps.
  bool allows(std::size_t boxes, std::size_t steps = 1) {
    steps_ += steps;
    if (steps_ > limits_.steps || boxes > limits_.boxes) spent_ = true;
    return !spent_;
  }
  bool spent() const { return spent_; }

 private:
  const ReasoningLimits limits_;
  std::size_t steps_ = 0;
  bool spent_ = false;
};

}  // namespace reg::reason
