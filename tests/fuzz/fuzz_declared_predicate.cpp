// Any bytes as a predicate in a C++ declaration: a compiler accepts and refuses what the library
// does, at the same place.

#include <reg/predicate.h>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <reg/plugin/check.hpp>
#include <string_view>

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

std::optional<std::size_t> refused_at(std::string_view text) {
  try {
    (void)reg::Predicate::parse(text);
    return std::nullopt;
  } catch (const reg::PredicateError& error) {
    return error.offset();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const reg::grammar::Problem problem = reg::plugin::predicate_problem(text);
  const std::optional<std::size_t> refused = refused_at(text);
  // Longer ones are refused by the compiler alone, and what it accepts fits when it is printed.
  if (size > reg::plugin::longest_predicate) {
    require(problem.is_one());
    return 0;
  }
  if (problem.is_one() && problem.what == reg::plugin::GrammarCheck::too_deep)
    return 0;  // likewise
  require(problem.is_one() == refused.has_value());
  if (refused) require(problem.offset == *refused);

  const reg::grammar::Problem as_when =
      reg::plugin::predicate_problem(text, reg::plugin::SelfPaths::Refused);
  require(as_when.is_one() || !problem.is_one());
  if (as_when.is_one() && !problem.is_one())
    require(text.substr(as_when.offset).starts_with("self."));
  return 0;
}
