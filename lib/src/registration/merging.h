#pragma once
// What becomes of a symbol that a merge copies into another registry.

#include <reg/predicate.h>
#include <reg/symbol.h>
#include <optional>
#include <string>

namespace reg {

// What a copy has of its own.
struct MergedCopy {
  Json info = Json::object();          // the values for the fields that both registries have
  std::optional<Predicate> predicate;  // not set: it is unconditional
};

// A copy, in `into`, of a symbol with that info, which `predicate` scored where it comes from (not
// set: it was unconditional there). Throws InputError if a value is of another type than its field
// in `into`.
MergedCopy merged_copy(const Json& info, const std::optional<Predicate>& predicate,
                       const RegistryInfo& into);

}  // namespace reg
