#pragma once
// A contest whose predicates are parsed.

#include <reg/reasoning.h>
#include <select/contender.h>
#include <select/parsed_predicates.h>
#include <optional>
#include <vector>

namespace reg::reason {

// Whether the registry's pin of the oid counts.
enum class Pins : bool { Ignored, Obeyed };

class CompiledContest {
 public:
  // Throws InputError, with the symbol's place, if a predicate does not parse.
  explicit CompiledContest(Contest contest, Pins pins = Pins::Ignored);
  CompiledContest(const CompiledContest&) = delete;
  CompiledContest& operator=(const CompiledContest&) = delete;

  const Contest& contest() const { return contest_; }
  std::size_t size() const { return contest_.symbols.size(); }
  const Predicate& predicate(std::size_t symbol) const { return *contenders_[symbol].predicate; }
  const Versions& versions() const { return versions_; }
  // The symbols that win wherever they apply, if pins count: those of one target. Among them, the
  // best wins.
  std::vector<std::size_t> pinned() const;
  // The base context as the registry declares its facts.
  const Context& base() const { return base_; }

  // The same without some of its facts.
  Context base_without(const std::vector<std::vector<std::string>>& facts) const;

  // What a caller's facts come to. Throws InputError as `facts_for`.
  Context whole(const Context& given) const;
  // Whether a caller's facts make the symbol apply, or win; false, too, if they cannot be given.
  bool applies(std::size_t symbol, const Context& given) const;
  bool wins(std::size_t symbol, const Context& given) const;
  // The same, for a whole context.
  bool wins_for(std::size_t symbol, const Context& whole) const;
  // Whether a caller may give these facts.
  bool accepts(const Context& given) const;
  // The one that a caller's facts select; nullopt: none applies, or they cannot be given.
  std::optional<std::size_t> winner(const Context& given) const;

 private:
  double score(std::size_t symbol, const Context& whole) const;
  std::vector<Ranked> ranked(const Context& whole) const;
  Context declared(Context base) const;

  const Contest contest_;
  const Predicate unconditional_ = yes();
  ParsedPredicates parsed_;
  Versions versions_;
  Context base_;
  std::vector<Contender> contenders_;
};

}  // namespace reg::reason
