#pragma once
// What would have to be otherwise for an implementation to win.

#include <reason/compiled_contest.h>
#include <reg/reasoning.h>

namespace reg::reason {

// Without `winning`. Throws InputError as `facts_for`.
WhyNot why(const CompiledContest& contest, std::size_t symbol, const Context& given,
           const ReasoningLimits& limits);

}  // namespace reg::reason
