#pragma once
// Boxes, in the words of predicates.

#include <reason/space.h>
#include <reg/reasoning.h>

namespace reg::reason {

// Whether a whole context meets the conditions of a box that are no matter of one fact's classes.
bool meets_conditions(const Box& box, const Space& space, const Context& whole);

// What a condition is to say.
enum class Saying : bool {
  Whole,   // what lies in the box
  Example  // what is like the example
};

// What one fact has to be in order to lie in a box, in the words of the tests that there are; where
// these do not suffice, a narrower condition that the example meets. Whatever meets it lies in the
// box, or, where the example does not meet the box's conditions, is like the example. `now` and
// `example` are whole contexts.
FactCondition condition_of(FactId fact, const Box& box, const Space& space, const Context& now,
                           const Context& example, Saying saying);

}  // namespace reg::reason
