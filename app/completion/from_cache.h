#pragma once
// What a cache knows that could stand on an unfinished command line.

#include "offer.h"
#include "typed_line.h"

#include <reg/cache.h>
#include <string>
#include <vector>

namespace reg::app {

// The registries that the line is about: the one that it names, or those that have the oid that it
// names; all where it names neither.
std::vector<RegistryInfo> registries_of(const Cache& cache, const TypedLine& line);

Offers offer_registries(const Cache& cache, const TypedLine& line);
Offers offer_oids(const Cache& cache, const TypedLine& line);
// `REGISTRY/` until there is a slash, then the oids of that registry.
Offers offer_objects(const Cache& cache, const TypedLine& line);
// What `list` filters: the oids of a registry, or the registries.
Offers offer_listed(const Cache& cache, const TypedLine& line);
Offers offer_targets(const Cache& cache, const TypedLine& line);
Offers offer_column(const Cache& cache, const TypedLine& line);
// The last of a list's names, without those that the line has already.
Offers offer_columns(const Cache& cache, const TypedLine& line);
// The last name of a predicate.
Offers offer_where(const Cache& cache, const TypedLine& line);
Offers offer_select(const Cache& cache, const TypedLine& line);

}  // namespace reg::app
