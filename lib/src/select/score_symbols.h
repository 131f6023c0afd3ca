#pragma once
// Scores symbols of which not all need be in a cache, as it scores its own.

#include <reg/cache.h>
#include <cstddef>
#include <string>
#include <vector>

namespace reg {

// With the place of each candidate among the symbols.
struct PlacedSelection {
  Selection selection;
  std::vector<std::size_t> places;
};

// All of one oid, in registration order, and at least one; `pin`, in the place of the registry's,
// may be null. Throws as Cache::score.
PlacedSelection score_symbols(const Cache& cache, const RegistryInfo& registry,
                              std::vector<Symbol> symbols, const Pin* pin, const Context& context,
                              Explain explain);
// The same without a cache: nothing is declared of the registry.
PlacedSelection score_symbols(const std::string& registry, std::vector<Symbol> symbols,
                              const Context& context, Explain explain);

}  // namespace reg
