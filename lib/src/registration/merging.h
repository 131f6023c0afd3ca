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

struct MergeEnds {
  const RegistryInfo& from;
  const RegistryInfo& into;
};

// A copy, in `ends.into`, of a symbol of `ends.from` with that info, which `predicate` scored there
// (not set: it was unconditional). Throws InputError if a value is of another type than its field
// there, or if the predicate cannot be written so that it scores there as it did, or can never hold
// there.
MergedCopy merged_copy(const Json& info, const std::optional<Predicate>& predicate,
                       const MergeEnds& ends, const PredicateSet& named);

}  // namespace reg
