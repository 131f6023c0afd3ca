#pragma once
// The atoms of predicates, by which many predicates are checked at once.

#include <reg/predicate.h>
#include <string>
#include <vector>

namespace reg::ast {

// The text of every comparison, call, `has`, `yes` of a path, and operand alone in a predicate, in
// its order. What no check of types looks at is left out, so that predicates which differ in it
// have the same atoms: which number something is compared with by order. A predicate is in order if
// its atoms are, as predicates.
std::vector<std::string> atoms_of(const Predicate& predicate);

}  // namespace reg::ast
