#pragma once
/// @file fact_test.h
/// How predicates ask for a fact.
///
/// ```cpp
/// assert(std::string(reg::to_string(reg::FactTest::GreaterEqual)) == ">=");
/// assert(std::string(reg::to_string(reg::FactTest::Contains)) == "contains");
/// ```

#include <cstdint>
#include <string>

namespace reg {

/// What a part of a predicate does with a fact. A comparison is seen from the fact: `80 <= sm` is
/// `sm >= 80`.
enum class FactTest : std::uint8_t {
  Equal,
  NotEqual,
  Less,
  LessEqual,
  Greater,
  GreaterEqual,
  In,        ///< `fact in …`: the value is one of the elements
  Contains,  ///< `… in fact`
  Glob,
  Argument,  ///< of a `fact = true` predicate: `user_group("staff")`
  Truth,     ///< the fact alone, or a `fact = true` predicate without arguments
  Presence,  ///< `has(fact)`
  Score      ///< `yes(fact)`
};

/// `==`, `!=`, `<`, `<=`, `>`, `>=`, `in`, `contains`, `glob`, `argument`, `true`, `has`, `yes`.
[[nodiscard]] const char* to_string(FactTest test);

}  // namespace reg
