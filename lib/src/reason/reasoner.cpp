#include <reason/analysis.h>
#include <reason/claims.h>
#include <reason/why.h>
#include <reg/facts.h>
#include <reg/reasoning.h>
#include <functional>

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

namespace {

using reason::Analysis;
using reason::CompiledContest;
using Claim = std::function<bool(const CompiledContest& contest, const Analysis& analysis)>;

// Whether a claim holds where these facts are taken out of the base context.
bool holds_without(const Contest& contest, const std::vector<std::vector<std::string>>& facts,
                   const ReasoningLimits& limits, const Claim& claim) {
  Contest bare = contest;
  for (const std::vector<std::string>& keys : facts) take_away(bare.base, keys);
  const CompiledContest compiled(std::move(bare));
  return claim(compiled, Analysis({&compiled}, limits));
}

}  // namespace

// The facts of the base that a claim does not hold without; all that are read, if each of them
// alone could be missing.
template <typename Compiled>
std::vector<std::string> rests_on(const Compiled& compiled, const Claim& claim) {
  const Contest& contest = compiled.contest().contest();
  const std::vector<std::vector<std::string>> facts = compiled.analysis().space().base_facts();
  if (facts.empty() || holds_without(contest, facts, compiled.limits(), claim)) return {};
  std::vector<std::string> needed;
  for (const std::vector<std::string>& keys : facts) {
    if (!holds_without(contest, {keys}, compiled.limits(), claim))
      needed.push_back(print_path(keys));
  }
  if (!needed.empty()) return needed;
  for (const std::vector<std::string>& keys : facts) needed.push_back(print_path(keys));
  return needed;
}

Reasoner::Reasoner(Contest contest, ReasoningLimits limits)
    : compiled_(std::make_unique<const Compiled>(std::move(contest), limits)) {}
Reasoner::Reasoner(Reasoner&&) noexcept = default;
Reasoner& Reasoner::operator=(Reasoner&&) noexcept = default;
Reasoner::~Reasoner() = default;

const Contest& Reasoner::contest() const { return compiled_->contest().contest(); }

Applying Reasoner::applying(std::size_t symbol) const {
  Applying out = reason::applying(compiled_->contest(), compiled_->analysis(), symbol);
  if (out.verdict == Verdict::Never || out.verdict == Verdict::Always) {
    out.rests_on =
        rests_on(*compiled_, [&](const CompiledContest& contest, const Analysis& analysis) {
          return reason::applying(contest, analysis, symbol).verdict == out.verdict;
        });
  }
  return out;
}

Winning Reasoner::winning(std::size_t symbol) const {
  Winning out = reason::winning(compiled_->contest(), compiled_->analysis(), symbol);
  if (out.verdict == Verdict::Never || out.verdict == Verdict::Always) {
    out.rests_on =
        rests_on(*compiled_, [&](const CompiledContest& contest, const Analysis& analysis) {
          return reason::winning(contest, analysis, symbol).verdict == out.verdict;
        });
  }
  return out;
}

std::vector<AlwaysTied> Reasoner::always_tied() const {
  return reason::always_tied(compiled_->contest(), compiled_->analysis());
}

WhyNot Reasoner::why(std::size_t symbol, const Context& context) const {
  WhyNot out = reason::why(compiled_->contest(), symbol, context, compiled_->limits());
  out.winning = winning(symbol);
  return out;
}

}  // namespace reg
