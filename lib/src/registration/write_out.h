#pragma once
// Predicates that leave the registry whose fields they read.

#include <reg/predicate.h>
#include <reg/symbol.h>

namespace reg {

// The predicate of a symbol with that info, as another registry can score it with the same result:
// fields that are none there, or are compared otherwise there (as versions or not), stand as their
// values, named predicates that read such are written out, and what is compared with a fact that is
// a version only where it comes from is a version literal. Throws InputError if a value cannot
// stand in a predicate, or the predicate becomes too large.
Predicate written_out(const Predicate& predicate, const Json& info, const RegistryInfo& from,
                      const RegistryInfo& into, const PredicateSet& named);

// The predicate of a symbol with that info in that registry, which scores the same without any
// named predicate: calls stand as what they come to. Throws InputError if it cannot be written so.
Predicate without_names(const Predicate& predicate, const Json& info, const RegistryInfo& registry,
                        const PredicateSet& named);

}  // namespace reg
