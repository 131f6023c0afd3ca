#pragma once
// Scores symbols of which not all need be in a cache, as it scores its own.

#include <reg/cache.h>
#include <vector>

namespace reg {

// All of one oid, in registration order, and at least one. Throws as Cache::score.
Selection score_symbols(const Cache& cache, const RegistryInfo& registry,
                        std::vector<Symbol> symbols, const Context& context, Explain explain);

}  // namespace reg
