#pragma once
// The core of every selection: scores candidates whose predicates are at hand.

#include <reg/selection.h>
#include <span>
#include <string>

namespace reg {

// A symbol and what scores it; null: it is unconditional.
struct Contender {
  const Symbol* symbol = nullptr;
  const Predicate* predicate = nullptr;
};

// Scores contenders, given in registration order, and puts the best first. Throws InputError, with
// the symbol's place, if a predicate calls an unknown name, and what C++ predicates throw.
Selection choose_among(std::string registry, std::string oid, std::span<const Contender> contenders,
                       Context context, const PredicateSet& named, Explain explain);

}  // namespace reg
