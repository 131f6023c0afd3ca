#include <reason/analysis.h>
#include <reason/claims.h>
#include <reason/why.h>
#include <reg/facts.h>
#include <reg/reasoning.h>
#include <map>
#include <mutex>

namespace reg {

using reason::Analysis;
using reason::CompiledContest;

class Reasoner::Compiled {
 public:
  Compiled(Contest contest, ReasoningLimits limits)
      : contest_(std::move(contest)), limits_(limits), analysis_({&contest_}, limits) {}

  const CompiledContest& contest() const { return contest_; }
  const ReasoningLimits& limits() const { return limits_; }
  const Analysis& analysis() const { return analysis_; }
  // Facts of the base context that together make a claim hold, whatever becomes of the others.
  std::vector<std::string> rests_on(std::size_t symbol,
                                    bool (*claim)(const Analysis&, std::size_t symbol)) const {
    const Facts facts = analysis_.space().base_facts();
    if (facts.empty() || claim(analysis_without(facts), symbol)) return {};
    Facts removed;
    std::vector<std::string> needed;
    for (const std::vector<std::string>& keys : facts) {
      removed.push_back(keys);
      if (claim(analysis_without(removed), symbol)) continue;
      removed.pop_back();
      needed.push_back(print_path(keys));
    }
    return needed;
  }

 private:
  using Facts = std::vector<std::vector<std::string>>;  // by their keys

  // The same where these facts are taken out of the base context.
  const Analysis& analysis_without(const Facts& facts) const {
    const std::lock_guard lock(mutex_);
    std::unique_ptr<const Analysis>& known = without_[facts];
    if (!known) {
      known = std::make_unique<const Analysis>(analysis_.formulas(),
                                               std::vector{contest_.base_without(facts)}, limits_);
    }
    return *known;
  }

  const CompiledContest contest_;
  const ReasoningLimits limits_;
  const Analysis analysis_;
  mutable std::mutex mutex_;
  mutable std::map<Facts, std::unique_ptr<const Analysis>> without_;
};

Reasoner::Reasoner(Contest contest, ReasoningLimits limits)
    : compiled_(std::make_unique<const Compiled>(std::move(contest), limits)) {}
Reasoner::Reasoner(Reasoner&&) noexcept = default;
Reasoner& Reasoner::operator=(Reasoner&&) noexcept = default;
Reasoner::~Reasoner() = default;

const Contest& Reasoner::contest() const { return compiled_->contest().contest(); }

Applying Reasoner::applying(std::size_t symbol, Witnesses witnesses) const {
  Applying out = reason::applying(compiled_->contest(), compiled_->analysis(), symbol, witnesses);
  if (out.verdict == Verdict::Never)
    out.rests_on = compiled_->rests_on(symbol, reason::never_applies);
  if (out.verdict == Verdict::Always)
    out.rests_on = compiled_->rests_on(symbol, reason::surely_applies);
  return out;
}

Winning Reasoner::winning(std::size_t symbol, Witnesses witnesses) const {
  Winning out = reason::winning(compiled_->contest(), compiled_->analysis(), symbol, witnesses);
  if (out.verdict == Verdict::Never) out.rests_on = compiled_->rests_on(symbol, reason::never_wins);
  if (out.verdict == Verdict::Always)
    out.rests_on = compiled_->rests_on(symbol, reason::is_never_beaten);
  return out;
}

std::vector<AlwaysTied> Reasoner::always_tied() const {
  return reason::always_tied(compiled_->contest(), compiled_->analysis());
}

// Of what never wins, it is known that no change makes it win.
WhyNot Reasoner::why(std::size_t symbol, const Context& context) const {
  Winning winning = this->winning(symbol);
  WhyNot out;
  if (winning.verdict == Verdict::Never) {
    const Context unused = compiled_->contest().whole(context);
    out.complete = true;
  } else {
    out = reason::why(compiled_->contest(), symbol, context, compiled_->limits());
  }
  out.winning = std::move(winning);
  return out;
}

}  // namespace reg
