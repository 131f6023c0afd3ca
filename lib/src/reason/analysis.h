#pragma once
// Contests, as regions of one space.

#include <reason/compiled_contest.h>
#include <reason/rivals.h>
#include <reason/space.h>
#include <optional>
#include <vector>

namespace reg::reason {

// Which tests there are besides those of predicates.
enum class Vocabulary : bool {
  Plain,
  Rich  // to say conditions with: whether facts are there, and the opposite of orderings
};

class Analysis {
 public:
  // The contests must outlive it. `sample`: as for a `Space`.
  // Throws InputError for a call that cannot be made.
  Analysis(const std::vector<const CompiledContest*>& sides, const ReasoningLimits& limits,
           const Sample* sample = nullptr, Vocabulary vocabulary = Vocabulary::Plain);
  Analysis(const Analysis&) = delete;
  Analysis& operator=(const Analysis&) = delete;

  const Space& space() const { return *space_; }
  const Layout& layout() const { return space_->layout(); }
  const Rivals& rivals(std::size_t side = 0) const { return rivals_[side]; }
  Budget budget() const { return Budget(limits_); }
  // Whether a symbol's predicate reads a fact.
  bool reads(std::size_t side, std::size_t symbol) const { return reads_[side][symbol] != 0; }

 private:
  Tests tests_;
  const ReasoningLimits limits_;
  std::optional<Space> space_;
  std::vector<Rivals> rivals_;
  std::vector<std::vector<char>> reads_;
};

}  // namespace reg::reason
