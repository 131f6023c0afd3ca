#pragma once
// The shape of a pin that a selection met.

#include <reg/selection.h>
#include <string>

namespace reg {

// Appends `"pin":{"target","reason","applies","displaces":target|null}`, where a candidate is
// pinned.
void append_pin(std::string& out, const Selection& selection);

}  // namespace reg
