#pragma once
// What can be said of a predicate's score before there is a context.

#include <predicate/node.h>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace reg::ast {

// How a fact must meet one of a requirement's values.
enum class Match : std::uint8_t {
  Equal,           // it equals the value
  EqualOrElement,  // so, or it is a list with the value among its elements
  Within,          // as `value in fact`: an element of it; or a key, or part of a text
};

// A condition that every context meets for which the predicate is not 0. The values are booleans,
// numbers and strings; if there are none, no context meets it.
struct Requirement {
  std::vector<std::string> fact;  // the path's keys
  Match match = Match::Equal;
  std::vector<Json> values;
  // The part of the predicate that asks for just this, and is 1 where it is met; may be null.
  const Predicate* part = nullptr;
};

struct Outlook {
  std::vector<Requirement> requirements;
  double best = 0;  // no context gives a greater score
};

// The outlook of a predicate for a candidate with the info `self`. A predicate that is too long,
// with all that it calls, has none to speak of: no requirement, and any score.
// `named` must be without problems, and have every name that the predicate calls.
Outlook outlook(const Predicate& predicate, const Json& self, const PredicateSet& named);

// Whether a value can be a requirement's.
bool is_requirable(const Json& value);

}  // namespace reg::ast
