#pragma once
// Sorting many records by their oids.

#include <manifest/declarations.h>
#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace reg {

// The first bytes of a text as numbers that sort as they do; texts with the same ones need a full
// comparison. They make most comparisons of a sort one of registers.
using SortPrefix = std::array<std::uint64_t, 3>;
SortPrefix sort_prefix(std::string_view text);

// Asks the memory for a text that is visited soon, as one that is `ahead` of the others. Texts lie
// in the order in which they were declared and are visited in the cache's: without that, most
// visits wait for the memory.
inline constexpr std::size_t ahead = 8;
inline void prefetch(std::string_view text) {
  constexpr std::size_t step = 64, most = 256;
  const std::size_t end = std::min(text.size(), most);
  for (std::size_t at = 0; at < end; at += step) __builtin_prefetch(text.data() + at);
}

// A record that lies elsewhere, and what it takes to sort it.
struct RecordRef {
  explicit RecordRef(const SymbolRecord& one) : oid_prefix(sort_prefix(one.oid)), record(&one) {}

  SortPrefix oid_prefix;
  const SymbolRecord* record;
  std::uint32_t source = 0;
  std::uint32_t order = 0;  // among those of its registry
};

inline bool same_oid(const RecordRef& a, const RecordRef& b) {
  return a.oid_prefix == b.oid_prefix && a.record->oid == b.record->oid;
}

// Sorts records of one registry by oid (escaped text, bytewise); those of one oid keep their order,
// which is the one in which they are given.
void sort_by_oid(std::vector<RecordRef>& records);

// The order in which symbols are declared: by source, and in it top to bottom.
bool declared_before(const SymbolRecord& a, const SymbolRecord& b);

}  // namespace reg
