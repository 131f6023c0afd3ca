#pragma once
// Which pins have an effect in a cache that is spliced.

#include <update/splice.h>
#include <span>

namespace reg {

// Adds what is said of pins without effect in sources that were read. False: of another source,
// what was said is not true any more, or something is to be said now. All edits have been made.
bool look_at_pins(const CacheFile& old, const Gathered& gathered, std::span<const Source> sources,
                  Splice& splice);

}  // namespace reg
