#pragma once
// A selection as people read it.

#include "../output.h"
#include "style.h"

#include <reg/selection.h>

namespace reg::app {

// Every candidate, best first, with its predicate as a tree and the score of each part.
// `origins`: where each fact comes from, in the shape of the context.
void write_explanation(Output& out, const Style& style, const Selection& selection,
                       const Json& origins);

// What the pin of the winner changes: `without the pin, X would win`.
std::string effect_of_pin(const Selection& selection);

}  // namespace reg::app
