#pragma once
// The core of every selection: scores candidates whose predicates are at hand.

#include <reg/selection.h>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace reg {

// A symbol and what scores it (null: it is unconditional), with what its registry declares to be
// versions.
struct Contender {
  const Symbol* symbol = nullptr;
  const Predicate* predicate = nullptr;
  const Versions* versions = nullptr;   // null: nothing
  const std::string* pinned = nullptr;  // why it is pinned; null: it is not
};

// What a contender's `pinned` is under the pin of its oid, if there is one.
inline const std::string* pinned_by(const Pin* pin, const Symbol& symbol) {
  return pin != nullptr && pin->target == symbol.target ? &pin->reason : nullptr;
}

// How well the contender at a place in registration order fits.
struct Ranked {
  std::size_t place = 0;
  double score = 0;
  std::optional<Trace> trace;
  const std::string* pinned = nullptr;  // the contender's
};

// Scores contenders, given in registration order; the best comes first, one that is pinned and
// applies before all. Throws InputError, with the symbol's place, if a predicate calls an unknown
// name, and what C++ predicates throw.
std::vector<Ranked> rank(std::span<const Contender> contenders, const Context& context,
                         const PredicateSet& named, Explain explain);

std::vector<std::size_t> places_of(const std::vector<Ranked>& ranking);

// What a ranking comes to; `symbol_at` gives the symbol of a place, and is asked once for each.
Selection selection_of(std::string registry, std::string oid, Context context,
                       std::vector<Ranked> ranking,
                       const std::function<Symbol(std::size_t place)>& symbol_at);

// The targets, in the same order.
std::vector<std::string> targets_of(const std::vector<Symbol>& symbols);
// Whether there is but one, which several origins may have. Of at least one symbol.
bool have_one_target(const std::vector<Symbol>& symbols);
// The same texts in the same order, without those that were there before.
std::vector<std::string> each_once(std::vector<std::string> texts);

}  // namespace reg
