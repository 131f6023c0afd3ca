#pragma once
// How predicates compare values: facts and literals alike, version literals (predicate/node.h) and
// numbers that keep their text (text/kept_number.h) included.

#include <predicate/node.h>
#include <reg/json.h>
#include <text/kept_number.h>
#include <compare>
#include <cstdint>

namespace reg::ast {

// What an operand comes to, and from where. One number says it all, so that a value is passed in
// two registers.
struct Value {
  enum class Origin : std::uint32_t { Literal, Fact, Field, VersionFact, VersionField };

  const Json* json = nullptr;  // null: a missing fact. A field that is not given is a Json null
  Origin origin = Origin::Literal;

  bool is_path() const { return origin != Origin::Literal; }
  bool is_field() const { return origin == Origin::Field || origin == Origin::VersionField; }
  bool is_version() const { return origin >= Origin::VersionFact; }
};
inline Value::Origin origin_of_fact(bool is_version) {
  return is_version ? Value::Origin::VersionFact : Value::Origin::Fact;
}
inline Value::Origin origin_of_field(bool is_version) {
  return is_version ? Value::Origin::VersionField : Value::Origin::Field;
}

inline bool is_number(const Json& value) { return value.is_number() || is_kept_number(value); }
// Of what is a number.
inline double number_in(const Json& value) {
  if (const auto* number = value.get_ptr<const double*>()) return *number;
  if (const auto* natural = value.get_ptr<const std::uint64_t*>())
    return static_cast<double>(*natural);
  if (const auto* integer = value.get_ptr<const std::int64_t*>())
    return static_cast<double>(*integer);
  return kept_value(value);
}
// As `reg::truthy`; a version is true.
bool is_true(const Json& value);
// What stands under an argument in the fact of a `fact = true` predicate, as a score.
double grade(const Json& value);

// JSON equality, exact for all numbers; a version literal equals what reads as the same version.
bool equal(const Json& a, const Json& b);
// Whether they read as the same version, or are both null.
bool equal_versions(const Json& a, const Json& b);

enum class As : bool { Json, Versions };
inline bool equal(const Json& a, const Json& b, As as) {
  return as == As::Json ? equal(a, b) : equal_versions(a, b);
}
// Whether two values are compared as versions on account of their types.
inline As as_of(Value a, Value b) {
  return a.is_version() || b.is_version() ? As::Versions : As::Json;
}
// Whether these are two paths, and one of them is null: no operator but `!=` holds for such.
inline bool meets_null(Value left, Value right) {
  return left.is_path() && right.is_path() && (left.json->is_null() || right.json->is_null());
}

// Whether the comparison holds.
bool holds(Operator op, Value left, Value right);

}  // namespace reg::ast
