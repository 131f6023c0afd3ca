#pragma once
// What a `[[match]]` takes of a shared object.

#include <resolve/resolve.h>

namespace reg {

// The functions that it exports, whose names a glob of `include` (none: all) and none of `exclude`
// matches; or why there are none.
MatchResult object_functions(const Match& match, const ObjectExports& object);

}  // namespace reg
