#pragma once
// How a new cache would differ from the old one, for runs that write nothing.

#include <cache/cache_file.h>
#include <manifest/declarations.h>
#include <span>

namespace reg {

struct Difference {
  std::size_t added = 0, removed = 0;  // symbol lines
};

// `symbols` are sorted. Reads the old cache once. Throws StorageError (Cache).
Difference difference(const CacheFile& old, std::span<const SymbolRecord> symbols);

}  // namespace reg
