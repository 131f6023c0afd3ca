#pragma once
// The content of a cache as a whole.

#include <cache/cache_file.h>
#include <cache/cache_writer.h>
#include <manifest/declarations.h>
#include <reg/auto_register.h>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace reg {

// Every symbol's line in the cache that a source declared, as records that point into `text`, which
// receives the cache's lines and must outlive them. Copies that a merge made are left out: the
// merge makes them again. `paths` are those of the sources, sorted or not; the result is as they
// are. Throws StorageError (Cache, Io).
std::vector<std::vector<SymbolRecord>> recover_symbols(const CacheFile& cache,
                                                       std::span<const std::string_view> paths,
                                                       std::string& text);

// Writes and commits the cache (`before_publish` as for CacheWriter::commit). `symbols` are sorted.
// Throws StorageError (Io).
void write_cache(const CacheLock& lock, const CacheHead& head,
                 std::span<const SymbolRecord> symbols, const Observer& observer = {},
                 const std::function<void()>& before_publish = {});

}  // namespace reg
