#pragma once
// Two candidates of one oid, beside each other, and only where they differ.

#include "style.h"

#include <reg/selection.h>
#include <cstddef>
#include <string>

namespace reg::app {

// The parts of both predicates with their scores, as lines. Parts that are in both with the same
// score are left out, and their number is said. One below the other where the width is not enough;
// null: there is none on that side.
std::string trace_difference(const Candidate* expected, const Candidate* got, const Style& style,
                             std::size_t width);

}  // namespace reg::app
