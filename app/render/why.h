#pragma once
// Why an implementation does not win, in words.

#include "../output.h"
#include "style.h"

#include <reg/reasoning.h>
#include <reg/selection.h>
#include <cstddef>
#include <string>

namespace reg::app {

// The candidate that is this symbol, which is there.
const Candidate& candidate_of(const Selection& selection, const Symbol& symbol);

// `selection` is explained, and made for the same context.
void write_why(Output& out, const Style& style, const Contest& contest, std::size_t symbol,
               const Selection& selection, const WhyNot& why);

}  // namespace reg::app
