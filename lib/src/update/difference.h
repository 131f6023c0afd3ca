#pragma once
// How a new cache differs from the old one, symbol by symbol.

#include <cache/cache_file.h>
#include <manifest/declarations.h>
#include <reg/auto_register.h>
#include <span>
#include <string_view>
#include <vector>

namespace reg {

// Compares oid by oid.
class DifferenceCounter {
 public:
  explicit DifferenceCounter(Detail detail) : detail_(detail) {}

  // The lines of one oid of one registry, before and after.
  void compare(std::span<const std::string_view> before, std::span<const std::string_view> after);

  const Difference& difference() const { return difference_; }
  // Whether any line, or the order of any, is another one; places count.
  bool any() const { return any_; }
  std::vector<SymbolChange> take_changes() { return std::move(changes_); }

 private:
  void count(SymbolChange::Kind kind, std::string_view line);

  Detail detail_;
  Difference difference_;
  bool any_ = false;
  std::vector<SymbolChange> changes_;
};

// The same for a whole cache. `symbols` are sorted. Reads the old cache once. Throws StorageError
// (Cache).
void compare_all(const CacheFile& old, std::span<const SymbolRecord> symbols,
                 DifferenceCounter& counter);

}  // namespace reg
