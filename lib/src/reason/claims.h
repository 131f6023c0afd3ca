#pragma once
// What holds for every context.

#include <reason/analysis.h>
#include <reg/reasoning.h>

namespace reg::reason {

// What may be claimed, without a context for which it is so.
bool never_applies(const Analysis& analysis, std::size_t symbol);
bool surely_applies(const Analysis& analysis, std::size_t symbol);
bool never_wins(const Analysis& analysis, std::size_t symbol);
bool is_never_beaten(const Analysis& analysis, std::size_t symbol);

// Without what the claims rest on.
Applying applying(const CompiledContest& contest, const Analysis& analysis, std::size_t symbol,
                  Witnesses witnesses);
Winning winning(const CompiledContest& contest, const Analysis& analysis, std::size_t symbol,
                Witnesses witnesses);
std::vector<AlwaysTied> always_tied(const CompiledContest& contest, const Analysis& analysis);

}  // namespace reg::reason
