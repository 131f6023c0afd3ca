#pragma once
// Which facts the predicates of a source read, by registry.

#include <manifest/declarations.h>
#include <manifest/predicate_texts.h>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

namespace reg {

class ReadFacts {
 public:
  explicit ReadFacts(std::vector<PredicateReads>& out) : out_(out) {}

  // The predicate of a symbol in that registry. One that was seen there costs a search.
  void add(std::string_view registry, const KnownPredicate& predicate);
  // The predicates that were added are gone, and others may come in their places.
  void forget() { seen_.clear(); }

 private:
  std::size_t number_of(std::string_view registry);

  std::vector<PredicateReads>& out_;
  std::size_t last_ = 0;  // the registry of the last symbol
  std::set<std::pair<std::size_t, const KnownPredicate*>> seen_;
};

}  // namespace reg
