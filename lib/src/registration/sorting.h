#pragma once
// Sorting many records by their oids.

#include <manifest/declarations.h>
#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace reg {

// The first sixteen bytes of a text as numbers that sort as they do; texts with the same ones need
// a full comparison. They make most comparisons of a sort one of registers.
using SortPrefix = std::array<std::uint64_t, 2>;
SortPrefix sort_prefix(std::string_view text);

// Sorts records of one registry by oid (escaped text, bytewise); those of one oid keep their order.
std::vector<SymbolRecord> sorted_by_oid(const std::vector<SymbolRecord>& records);

// The order in which symbols are declared: by source, and in it top to bottom.
bool declared_before(const SymbolRecord& a, const SymbolRecord& b);

}  // namespace reg
