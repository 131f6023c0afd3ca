#pragma once
// Boxes, in the words of predicates.

#include <reason/space.h>
#include <reg/reasoning.h>

namespace reg::reason {

// What one fact has to be in order to lie in a box, in the words of the tests that there are; where
// these do not suffice, a narrower condition that the example meets. Whatever meets it lies in the
// box. `now` and `example` are whole contexts, of which the example lies in the box.
FactCondition condition_of(FactId fact, const Box& box, const Space& space, const Context& now,
                           const Context& example);

}  // namespace reg::reason
