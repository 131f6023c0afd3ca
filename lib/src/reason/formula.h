#pragma once
// A predicate for one candidate, as reasoning sees it: tests of facts, joined.

#include <predicate/version_paths.h>
#include <reason/test.h>
#include <reg/predicate.h>
#include <cstdint>
#include <vector>

namespace reg::reason {

struct Formula {
  enum class Kind : std::uint8_t {
    And,
    Or,
    Not,
    Test,
    Number,  // a score that no fact changes
    Unknown  // any score: a C++ callable
  };
  Kind kind = Kind::Number;
  std::vector<Formula> parts = {};
  TestId test = 0;
  double number = 0;
};

// The formula of a predicate for a candidate's info, both of which must outlive it, as must
// `named`. What is too long when named predicates are written out is unknown. Throws InputError for
// a call that cannot be made.
Formula formula_of(const Predicate& predicate, const Json& self, const PredicateSet& named,
                   ast::VersionPaths versions, Tests& tests);

}  // namespace reg::reason
