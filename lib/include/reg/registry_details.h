#pragma once
/// @file registry_details.h
/// All that is known about one registry: for people who look at it, and for tools that show it.
///
/// ```cpp
/// const auto cache = reg::Cache::open(reg::Workspace::find().cache());
/// const auto kernels = reg::registry_details(cache, "Kernel");
/// assert(kernels.info.symbols == 1 && kernels.oids == 1);
/// assert(kernels.sources.front().place.path == "kernels.reg.toml");
/// ```

#include <reg/cache.h>
#include <reg/error.h>
#include <reg/predicate.h>
#include <reg/symbol.h>
#include <cstddef>
#include <string_view>
#include <vector>

namespace reg {

/// A source that declares a registry, or has symbols in it.
struct RegistrySource {
  /// Where it declares the registry. Without a line it does not, or that is not known.
  Place place;
  std::size_t symbols = 0;  ///< that are in the registry now; copies count where they come from
  friend bool operator==(const RegistrySource&, const RegistrySource&) = default;
};

/// A registry's declaration, and what follows from its symbols.
struct RegistryDetails {
  RegistryInfo info;
  std::size_t oids = 0;
  PredicateSet predicates;  ///< that its predicates call, themselves or by way of others
  std::vector<RegistrySource> sources;  ///< by path
};

/// Looks at every symbol of the registry: about as long as listing them. What a source declares is
/// taken from the cache's sidecar, if that is the one of the file that now has the cache's name.
/// Any number of threads may call it.
/// @throws RegistryNotFound, with the nearest name as a hint; StorageError; StaleCache.
[[nodiscard]] RegistryDetails registry_details(const Cache& cache, std::string_view registry);

}  // namespace reg
