#pragma once
// The predicates of one source: each distinct text is parsed once.

#include <manifest/declarations.h>
#include <manifest/element.h>
#include <manifest/problems.h>
#include <reg/predicate.h>
#include <text/hash.h>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace reg {

// A predicate that has been parsed.
struct KnownPredicate {
  std::string text;  // canonical
  std::vector<std::string> facts, calls, atoms;
};

class PredicateTexts {
 public:
  explicit PredicateTexts(Problems& problems) : problems_(problems) {}

  // The source that the predicates stand in, for the places of what is wrong.
  void source(std::string_view text) { text_ = text; }
  // Parses a string; nothing, and a problem with a caret, if it is no predicate.
  std::optional<Predicate> parse(const Element& value);
  // The same, of a predicate that others may have too; null if it does not parse. Good until
  // `trim`.
  const KnownPredicate* known(const Element& value);
  // Forgets texts if there are too many of them to be worth the memory. Returns whether it did.
  bool trim();

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return hash_of(text); }
  };

  Problems& problems_;
  std::string_view text_;
  std::unordered_map<std::string, KnownPredicate, Hash, std::equal_to<>> known_;
};

}  // namespace reg
