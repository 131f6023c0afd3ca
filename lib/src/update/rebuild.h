#pragma once
// Writes a cache from declarations as a whole.

#include <cache/cache_file.h>
#include <cache/cache_writer.h>
#include <registration/linker.h>
#include <span>
#include <string>

namespace reg {

// Adds to each source that is listed with `wanted[i]` its lines in the cache, as records that point
// into `text`, which receives the cache's lines and must outlive them. Copies that a merge made are
// left out: the merge makes them again. Throws StorageError (Cache).
void recover_symbols(const CacheFile& cache, std::span<Source> sources,
                     const std::vector<bool>& wanted, std::string& text);

// Writes and commits the cache (`before_publish` as for CacheWriter::commit). `symbols` are sorted.
// Throws StorageError (Io).
void write_cache(const CacheLock& lock, const CacheHead& head,
                 std::span<const SymbolRecord> symbols,
                 const std::function<void()>& before_publish = {});

}  // namespace reg
