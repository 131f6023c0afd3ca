#pragma once
// What of a predicate makes that it never applies.

#include <lint/readings.h>
#include <reg/reasoning.h>
#include <cstddef>
#include <string>

namespace reg::linting {

// For an implementation that never applies: the part of its conjunction that no context fits, and
// what of it the candidate does not give; else the first two parts that no context fits together;
// else the whole predicate.
std::string why_never(const Contest& contest, std::size_t symbol, Readings& readings,
                      const ReasoningLimits& limits);

}  // namespace reg::linting
