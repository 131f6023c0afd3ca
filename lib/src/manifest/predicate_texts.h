#pragma once
// The predicates of one source: each distinct text is parsed once.

#include <manifest/declarations.h>
#include <manifest/element.h>
#include <manifest/problems.h>
#include <reg/predicate.h>
#include <text/hash.h>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace reg {

// A predicate that has been parsed.
struct KnownPredicate {
  std::string text;  // canonical
  std::vector<std::string> facts;
  std::vector<std::string> calls;
};

class PredicateTexts {
 public:
  PredicateTexts(Problems& problems, std::vector<PredicateUse>& uses)
      : problems_(problems), uses_(uses) {}

  // The source that the predicates stand in, for the places of what is wrong.
  void source(std::string_view text) { text_ = text; }
  // Parses a string; nothing, and a problem with a caret, if it is no predicate.
  std::optional<Predicate> parse(const Element& value);
  // A predicate that selects or conditions symbols, whose calls go into the uses; null, and a
  // problem, if it does not parse. Good until `trim`.
  const KnownPredicate* known(const Element& value);
  // Forgets texts if there are too many of them to be worth the memory. Returns whether it did.
  bool trim();

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return hash_of(text); }
  };

  void record_uses(const Predicate& predicate, const Element& value);

  Problems& problems_;
  std::string_view text_;
  std::vector<PredicateUse>& uses_;
  std::unordered_map<std::string, KnownPredicate, Hash, std::equal_to<>> known_;
  std::set<std::pair<std::string, std::size_t>> seen_calls_;
};

}  // namespace reg
