#pragma once
// Everything in a cache that is not a symbol, read back.

#include <cache/cache_file.h>
#include <cache/cache_writer.h>
#include <manifest/manifest.h>
#include <registration/catalog.h>

namespace reg {

// Throws StorageError (Cache), also where a predicate does not parse.
CacheHead read_head(const CacheFile& cache);
CacheHead make_head(const Settings& settings, const Json& defines, const Catalog& catalog);
bool operator==(const CacheHead& a, const CacheHead& b);

}  // namespace reg
