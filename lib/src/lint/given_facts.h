#pragma once
// The facts that a context gives, as predicates name them.

#include <reg/json.h>
#include <set>
#include <string>

namespace reg::linting {

// Whether a predicate can name such a key.
bool can_be_named(const std::string& key);
// The paths of all values in a context, but for what cannot be named.
std::set<std::string> paths_in(const Context& context);

}  // namespace reg::linting
