#pragma once
// Contests, as regions of one space.

#include <reason/compiled_contest.h>
#include <reason/rivals.h>
#include <reason/space.h>
#include <memory>
#include <vector>

namespace reg::reason {

// Which tests there are besides those of predicates.
enum class Vocabulary : bool {
  Plain,
  Rich  // to say conditions with: whether facts are there, and the opposite of orderings
};

// The formulas of contests, which do not depend on what facts are laid over.
class Formulas {
 public:
  // The contests must outlive it. Throws InputError for a call that cannot be made.
  Formulas(const std::vector<const CompiledContest*>& sides, Vocabulary vocabulary);

  const std::vector<const CompiledContest*>& sides() const { return sides_; }
  const Tests& tests() const { return tests_; }
  // In the order of the symbols.
  const std::vector<Formula>& of(std::size_t side) const { return formulas_[side]; }

 private:
  const std::vector<const CompiledContest*> sides_;
  Tests tests_;
  std::vector<std::vector<Formula>> formulas_;
};

class Analysis {
 public:
  // The contests must outlive it. `sample`: as for a `Space`.
  // Throws as `Formulas`.
  Analysis(const std::vector<const CompiledContest*>& sides, const ReasoningLimits& limits,
           const Sample* sample = nullptr, Vocabulary vocabulary = Vocabulary::Plain);
  // Over other base contexts, one for each side.
  Analysis(std::shared_ptr<const Formulas> formulas, std::vector<Context> bases,
           const ReasoningLimits& limits, const Sample* sample = nullptr);
  Analysis(const Analysis&) = delete;
  Analysis& operator=(const Analysis&) = delete;

  const std::shared_ptr<const Formulas>& formulas() const { return formulas_; }
  const Space& space() const { return space_; }
  const Layout& layout() const { return space_.layout(); }
  const Rivals& rivals(std::size_t side = 0) const { return rivals_[side]; }
  Budget budget() const { return Budget(limits_); }
  // Whether a symbol's predicate reads a fact.
  bool reads(std::size_t side, std::size_t symbol) const;

 private:
  const std::shared_ptr<const Formulas> formulas_;
  const ReasoningLimits limits_;
  const Space space_;
  std::vector<Rivals> rivals_;
};

}  // namespace reg::reason
