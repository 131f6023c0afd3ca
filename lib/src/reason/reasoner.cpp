#include <reg/reasoning.h>

namespace reg {

class Reasoner::Compiled {
 public:
  explicit Compiled(Contest contest) : contest_(std::move(contest)) {}
  Contest contest_;
};

Reasoner::Reasoner(Contest contest, ReasoningLimits)
    : compiled_(std::make_unique<const Compiled>(std::move(contest))) {}
Reasoner::Reasoner(Reasoner&&) noexcept = default;
Reasoner& Reasoner::operator=(Reasoner&&) noexcept = default;
Reasoner::~Reasoner() = default;

const Contest& Reasoner::contest() const { return compiled_->contest_; }
Applying Reasoner::applying(std::size_t) const { return {}; }
Winning Reasoner::winning(std::size_t) const { return {}; }
std::vector<AlwaysTied> Reasoner::always_tied() const { return {}; }
WhyNot Reasoner::why(std::size_t, const Context&) const { return {}; }

SelectionDifference compare_selections(const Contest&, const Contest&, ReasoningLimits) {
  return {};
}

}  // namespace reg
