#pragma once
// How the library's own questions see a symbol of a cache: its line.

#include <cache/cache_file.h>
#include <reg/cache.h>
#include <string_view>

namespace reg {

struct InsideView {
  static SymbolView of(const CacheFile& file, std::string_view line) { return {file, line}; }
  static const CacheFile& file(const SymbolView& symbol) { return *symbol.file_; }
  static std::string_view line(const SymbolView& symbol) { return symbol.line_; }
  static const CacheFile& file(const Cache& cache) { return *cache.file_; }
  // What a `when` was evaluated against: `[facts]`, and the command line's over them.
  static Json condition_facts(const Cache& cache);
  // Whether what others publish may be loaded (`[remote] load`).
  static bool loads_remote(const Cache& cache);
  // The same cache, which stays open as long as one of them does.
  static Cache share(const Cache& cache) { return Cache(cache.file_, cache.base_); }
};

}  // namespace reg
