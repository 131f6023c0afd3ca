#pragma once
// A contest whose predicates are parsed.

#include <reg/reasoning.h>
#include <select/contender.h>
#include <select/parsed_predicates.h>
#include <optional>
#include <vector>

namespace reg::reason {

class CompiledContest {
 public:
  // Throws InputError, with the symbol's place, if a predicate does not parse.
  explicit CompiledContest(Contest contest);
  CompiledContest(const CompiledContest&) = delete;
  CompiledContest& operator=(const CompiledContest&) = delete;

  const Contest& contest() const { return contest_; }
  std::size_t size() const { return contest_.symbols.size(); }
  const Predicate& predicate(std::size_t symbol) const { return *contenders_[symbol].predicate; }
  const Versions& versions() const { return versions_; }
  // The base context as the registry declares its facts.
  const Context& base() const { return base_; }

  // What a caller's facts come to. Throws InputError as `facts_for`.
  Context whole(const Context& given) const;
  // The symbols, best first, for a whole context.
  std::vector<Ranked> ranked(const Context& whole) const;
  // Whether a caller may give these facts.
  bool accepts(const Context& given) const;
  // The one that a caller's facts select; nullopt: none applies, or they cannot be given.
  std::optional<std::size_t> winner(const Context& given) const;

 private:
  const Contest contest_;
  const Predicate unconditional_ = yes();
  ParsedPredicates parsed_;
  Versions versions_;
  Context base_;
  std::vector<Contender> contenders_;
};

}  // namespace reg::reason
