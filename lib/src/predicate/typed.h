#pragma once
// What is known of operands from declared types, before there is a context, and what follows for
// comparisons.

#include <predicate/node.h>
#include <reg/json.h>
#include <reg/symbol.h>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace reg::ast {

// The kinds of values that an operand may have, as a set.
enum Kind : std::uint8_t {
  None = 0,
  Null = 1,
  Boolean = 2,
  Number = 4,
  Text = 8,
  List = 16,
  Object = 32,
  VersionLiteral = 64,
  Anything = Null | Boolean | Number | Text | List | Object
};
using Kinds = std::uint8_t;

// What is known of an operand before there is a context.
struct Typed {
  std::string text;  // as messages name it
  Kinds kinds = Anything;
  bool is_path = false;
  bool is_version = false;                    // by its declared type
  const std::vector<Json>* values = nullptr;  // all that it may be, but for null
  const Json* literal = nullptr;
  std::string type = "anything";  // as messages name it
  std::optional<Path> path = {};  // what it is, where it is a path, with no parameter in it
};

// A path of that type; `values`: all that it may be (null or empty: all of its type).
Typed typed(std::string text, FieldType type, const std::vector<Json>* values);
// A literal, which must outlive it.
Typed typed(const Json& literal);

bool may_equal(const Typed& a, const Typed& b);
// Whether the comparison may hold for some values.
bool may_hold(Operator op, const Typed& left, const Typed& right);
// `did you mean …` of the values that one of them may be, for a text that the other one is.
std::string nearest_value(const Typed& a, const Typed& b);

}  // namespace reg::ast
