#include <reason/analysis.h>
#include <reason/claims.h>
#include <reason/why.h>
#include <reg/reasoning.h>

namespace reg {

class Reasoner::Compiled {
 public:
  Compiled(Contest contest, ReasoningLimits limits)
      : contest_(std::move(contest)), limits_(limits), analysis_({&contest_}, limits) {}

  const reason::CompiledContest& contest() const { return contest_; }
  const ReasoningLimits& limits() const { return limits_; }
  const reason::Analysis& analysis() const { return analysis_; }

 private:
  const reason::CompiledContest contest_;
  const ReasoningLimits limits_;
  const reason::Analysis analysis_;
};

Reasoner::Reasoner(Contest contest, ReasoningLimits limits)
    : compiled_(std::make_unique<const Compiled>(std::move(contest), limits)) {}
Reasoner::Reasoner(Reasoner&&) noexcept = default;
Reasoner& Reasoner::operator=(Reasoner&&) noexcept = default;
Reasoner::~Reasoner() = default;

const Contest& Reasoner::contest() const { return compiled_->contest().contest(); }

Applying Reasoner::applying(std::size_t symbol) const {
  return reason::applying(compiled_->contest(), compiled_->analysis(), symbol);
}

Winning Reasoner::winning(std::size_t symbol) const {
  return reason::winning(compiled_->contest(), compiled_->analysis(), symbol);
}

std::vector<AlwaysTied> Reasoner::always_tied() const {
  return reason::always_tied(compiled_->contest(), compiled_->analysis());
}

WhyNot Reasoner::why(std::size_t symbol, const Context& context) const {
  WhyNot out = reason::why(compiled_->contest(), symbol, context, compiled_->limits());
  if (!out.wins) out.winning = winning(symbol);
  return out;
}

}  // namespace reg
