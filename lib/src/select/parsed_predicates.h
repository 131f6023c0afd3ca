#pragma once
// The predicates of symbols, parsed.

#include <reg/predicate.h>
#include <reg/symbol.h>
#include <string>
#include <unordered_map>

namespace reg {

// What is wrong with a symbol's predicate, as an InputError at the symbol's place.
[[noreturn]] void fail_at(const Symbol& symbol, const RegistryError& error,
                          std::string excerpt = {});

// Predicates by their text: implementations of one oid often share theirs.
class ParsedPredicates {
 public:
  struct Parsed {
    const Predicate& predicate;  // stays where it is as long as the cache of them does
    bool is_new;
  };
  // Throws PredicateError.
  Parsed of(const std::string& text);
  // The same; throws InputError if the text, which is the symbol's predicate, does not parse.
  const Predicate& of(const Symbol& symbol, const std::string& text);

 private:
  std::unordered_map<std::string, Predicate> parsed_;
};

}  // namespace reg
