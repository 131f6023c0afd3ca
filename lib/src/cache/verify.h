#pragma once
// The check of a whole cache against every invariant of its layout (README.md beside this file).

#include <cache/cache_file.h>
#include <string>
#include <vector>

namespace reg {

// What is wrong, one line each, the first twenty or so; empty: all is well. Streams the file; holds
// the named predicates, one symbol and the targets of one oid. Throws StorageError (Io) if it
// cannot be read.
std::vector<std::string> verify_cache(const CacheFile& file);

}  // namespace reg
