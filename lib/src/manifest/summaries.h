#pragma once
// What the predicates of a source have in them, by registry and `when`.

#include <manifest/declarations.h>
#include <manifest/predicate_texts.h>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace reg {

class Summaries {
 public:
  explicit Summaries(std::vector<PredicateSummary>& out) : out_(out) {}

  // The predicate of a symbol in that registry, with that `when` (empty: none). One that was seen
  // there costs a search.
  void add(std::string_view registry, std::string_view when, const KnownPredicate& predicate);
  // The predicates that were added are gone, and others may come in their places.
  void forget() {
    for (Known& known : seen_) known.clear();
  }

 private:
  using Known = std::unordered_set<const KnownPredicate*>;
  using Numbers = std::map<std::string, std::size_t, std::less<>>;

  std::size_t number_of(std::string_view registry, std::string_view when);

  std::vector<PredicateSummary>& out_;
  std::map<std::string, Numbers, std::less<>> numbers_;  // by registry and `when`
  std::vector<Known> seen_;                              // by number
  std::size_t last_ = 0;                                 // that of the last symbol
};

}  // namespace reg
