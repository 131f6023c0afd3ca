#pragma once
// What a query read of a cache, for the log.

#include <reg/cache.h>
#include <chrono>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace reg::app {

// Filled by `Cache::tell_reads`.
class ReadSummary {
 public:
  void add(const SymbolRead& symbol);

  // "5 symbols of Kernel/gemm, 4 reads, 2,048 bytes (0.2 ms)": since this was made.
  std::string to_text(const CacheReads& reads) const;
  // The paths of their sources, each once; escaped.
  std::vector<std::string> sources() const { return {sources_.begin(), sources_.end()}; }
  // The registries, likewise.
  std::vector<std::string> registries() const { return {registries_.begin(), registries_.end()}; }

 private:
  std::string what() const;

  std::uint64_t symbols_ = 0;
  std::string registry_, oid_;  // of the first
  bool one_registry_ = true, one_oid_ = true;
  std::set<std::string> sources_;
  std::string last_source_;
  std::set<std::string> registries_;
  std::string last_registry_;
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

}  // namespace reg::app
