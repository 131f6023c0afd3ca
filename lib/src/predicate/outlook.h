#pragma once
// What can be said of a predicate's score before there is a context.

#include <predicate/node.h>
#include <predicate/value.h>
#include <predicate/version_paths.h>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace reg::ast {

// How a fact must meet one of a requirement's values.
enum class Match : std::uint8_t {
  Equal,   // it equals the value
  Tested,  // so, or it is a list with the value among its elements, or an object with that key
  Within,  // as `value in fact`: an element of it; or a key, or part of a text
};

// A condition that every context meets for which the predicate is not 0. The values are booleans,
// numbers and strings, and versions in their normal form, which are met by whatever reads as the
// same version; if there are none, no context meets it.
struct Requirement {
  std::vector<std::string> fact;  // the path's keys
  Match match = Match::Equal;
  std::vector<Json> values;
  // The part of the predicate that asks for just this, and is 1 where it is met (but for a fact
  // that is an object: that grades); may be null.
  const Predicate* part = nullptr;
};

// The greatest score, whatever the context.
struct Bound {
  double any = 0;       // and whatever a fact that is tested with arguments may be
  double ungraded = 0;  // where no such fact is an object
};

struct Outlook {
  std::vector<Requirement> requirements;
  Bound best;
  std::vector<std::string> graded;  // the facts that are tested with arguments
};

// The outlook of a predicate for a candidate with the info `self`. A predicate that is too long,
// with all that it calls, has none to speak of: no requirement, and any score.
// `named` must be without problems, and have every name that the predicate calls.
Outlook outlook(const Predicate& predicate, const Json& self, const PredicateSet& named,
                VersionPaths versions = {});

// Whether a fact with this value can be looked up among those of requirements.
inline bool is_requirable(const Json& value) {
  return value.is_string() || value.is_boolean() || is_number(value);
}

}  // namespace reg::ast
