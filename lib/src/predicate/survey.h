#pragma once
// What only shows when all definitions of named predicates are looked at together.

#include <predicate/evaluation.h>
#include <reg/predicate.h>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace reg::ast {

// What a definition may become if all calls in it are written out. Evaluation stops at twice these
// levels, and one call later: a predicate of any depth can call what is accepted here.
inline constexpr std::size_t max_written_parts = 100'000;
inline constexpr std::size_t max_written_levels = max_levels / 2;
inline constexpr std::size_t max_written_calls = max_calls - 1;

// The definitions that reach themselves (one report a loop), and those that grow beyond the limits
// above. The time is linear in the size of the set, and no chain of calls is too long for the
// stack.
std::vector<std::pair<std::string, Diagnostic>> survey(const PredicateSet& set);

}  // namespace reg::ast
