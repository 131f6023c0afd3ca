#pragma once
// How predicates compare values: facts and literals alike, version literals included
// (predicate/node.h).

#include <predicate/node.h>
#include <reg/json.h>
#include <compare>
#include <string>

namespace reg::ast {

// As `reg::truthy`; a version is true.
bool is_true(const Json& value);
// JSON equality, exact for all numbers; a version equals what reads as the same version.
bool equal(const Json& a, const Json& b);
// The order of two numbers, two strings, or a version and what reads as one; else unordered.
std::partial_ordering order(const Json& a, const Json& b);
// Whether `op` is defined for these two. `==` is for any two, but here only for two of one type, a
// version and what reads as one, or null and anything: the others can never be equal, whatever
// their values.
bool comparable(Operator op, const Json& left, const Json& right);
// Whether the comparison holds; null: a missing fact.
bool holds(Operator op, const Json* left, const Json* right);

}  // namespace reg::ast
