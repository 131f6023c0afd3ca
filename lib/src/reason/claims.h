#pragma once
// What holds for every context.

#include <reason/analysis.h>
#include <reg/reasoning.h>

namespace reg::reason {

// Without what the claims rest on.
Applying applying(const CompiledContest& contest, const Analysis& analysis, std::size_t symbol);
Winning winning(const CompiledContest& contest, const Analysis& analysis, std::size_t symbol);
std::vector<AlwaysTied> always_tied(const CompiledContest& contest, const Analysis& analysis);

}  // namespace reg::reason
