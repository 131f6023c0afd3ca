#pragma once
// Circles among things that point at each other.

#include <cstddef>
#include <utility>
#include <vector>

namespace reg {

// The things 0 to n-1, ordered so that what is pointed at comes before what points at it, as far as
// that is possible: those of one circle stand together.
struct CircleOrder {
  std::vector<std::size_t> order;
  std::vector<std::size_t> circle;  // of each thing: a number that it shares with those it is in a
                                    // circle with
  std::vector<bool> in_circle;      // of each thing: whether it reaches itself
};
CircleOrder find_circles(std::size_t count,
                         const std::vector<std::pair<std::size_t, std::size_t>>& pointers);

}  // namespace reg
