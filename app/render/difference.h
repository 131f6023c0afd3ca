#pragma once
// How two caches differ, as people read it.

#include "../output.h"
#include "style.h"

#include <reg/difference.h>
#include <cstdint>
#include <string>
#include <vector>

namespace reg::app {

// Whether symbols are shown that only stand elsewhere.
enum class Moves : bool { Hidden, Shown };

// What was compared is not all that there is.
void write_partial(Output& out, const Style& style, const std::vector<Diagnostic>& left_out);

// Nothing where there is no difference.
void write_difference(Output& out, const Style& style, const CacheDifference& difference,
                      Moves moves);

// `symbols: 1 added, 2 altered; selections: 1 changed, 2 the same`; empty: no difference.
std::string difference_summary(const CacheDifference& difference);

}  // namespace reg::app
