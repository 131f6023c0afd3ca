#include <predicate/print.h>
#include <predicate/typed.h>
#include <predicate/value.h>
#include <reg/text.h>
#include <text/version.h>
#include <algorithm>

namespace reg::ast {
namespace {

Kinds kinds_of(FieldType type) {
  switch (type) {
    case FieldType::Any:
      return Anything;
    case FieldType::String:
    case FieldType::Version:
      return Null | Text;
    case FieldType::Int:
    case FieldType::Number:
      return Null | Number;
    case FieldType::Bool:
      return Null | Boolean;
    case FieldType::List:
      return Null | List;
    case FieldType::Object:
      return Null | Object;
  }
  return Anything;
}

Kinds kind_of(const Json& literal) {
  if (is_version(literal)) return VersionLiteral;
  if (is_number(literal)) return Number;
  if (literal.is_null()) return Null;
  if (literal.is_boolean()) return Boolean;
  if (literal.is_string()) return Text;
  return literal.is_array() ? List : Object;
}

std::string listed(const std::vector<Json>& values) {
  std::string text;
  for (const Json& value : values) text += (text.empty() ? "" : ", ") + printed(value);
  return text;
}

// Whether it may read as a version.
bool may_be_version(const Typed& one) {
  if (one.literal != nullptr && one.literal->is_string())
    return VersionText::of(one.literal->get_ref<const std::string&>()).has_value();
  return one.is_version || (one.kinds & (VersionLiteral | Text | Number)) != 0;
}

bool as_versions(const Typed& a, const Typed& b) {
  return a.is_version || b.is_version || a.kinds == VersionLiteral || b.kinds == VersionLiteral;
}

// All that it may be, where that is a list of values.
std::vector<Json> all_values(const Typed& one) {
  if (one.literal != nullptr) return {*one.literal};
  std::vector<Json> values = *one.values;
  values.emplace_back();  // null
  return values;
}

bool is_finite(const Typed& one) { return one.literal != nullptr || one.values != nullptr; }

bool may_be_ordered(const Typed& a, const Typed& b) {
  if (as_versions(a, b)) return may_be_version(a) && may_be_version(b);
  return (a.kinds & b.kinds & (Number | Text)) != 0;
}

bool may_be_in(const Typed& element, const Typed& container) {
  if (container.literal != nullptr && container.literal->is_array()) {
    const Json& list = *container.literal;
    return list.empty() || std::any_of(list.begin(), list.end(), [&](const Json& one) {
             return may_equal(element, typed(one));
           });
  }
  if ((container.kinds & List) != 0) return true;
  return (container.kinds & (Text | Object)) != 0 && (element.kinds & Text) != 0;
}

}  // namespace

Typed typed(std::string text, FieldType type, const std::vector<Json>* values) {
  Typed known{std::move(text), kinds_of(type), true, type == FieldType::Version};
  if (values != nullptr && !values->empty()) known.values = values;
  known.type = known.values ? "one of " + listed(*values) : to_string(type);
  return known;
}

Typed typed(const Json& literal) {
  Typed known{printed(literal), kind_of(literal)};
  known.literal = &literal;
  known.type = is_version(literal)    ? "a version"
               : literal.is_string()  ? "a string"
               : is_number(literal)   ? "a number"
               : literal.is_boolean() ? "a boolean"
               : literal.is_array()   ? "a list"
                                      : "null";
  return known;
}

bool may_equal(const Typed& a, const Typed& b) {
  if (is_finite(a) && is_finite(b) && (a.values || b.values)) {
    // A number among declared values has lost its text.
    const bool number_as_version = (a.kinds == VersionLiteral && (b.kinds & Number) != 0) ||
                                   (b.kinds == VersionLiteral && (a.kinds & Number) != 0);
    if (number_as_version) return true;
    const As as = a.is_version || b.is_version ? As::Versions : As::Json;
    for (const Json& left : all_values(a)) {
      for (const Json& right : all_values(b)) {
        if (!(a.is_path && b.is_path && left.is_null()) && equal(left, right, as)) return true;
      }
    }
    return false;
  }
  const Kinds both = a.kinds & b.kinds;
  const bool both_null = (both & Null) != 0 && !(a.is_path && b.is_path);
  if (as_versions(a, b)) return both_null || (may_be_version(a) && may_be_version(b));
  return both_null || (both & ~Null) != 0;
}

bool may_hold(Operator op, const Typed& left, const Typed& right) {
  switch (op) {
    case Operator::NotEqual:
      return true;
    case Operator::Equal:
      return may_equal(left, right);
    case Operator::In:
      return may_be_in(left, right);
    case Operator::Glob:
      return (left.kinds & right.kinds & Text) != 0;
    default:
      return may_be_ordered(left, right);
  }
}

std::string nearest_value(const Typed& a, const Typed& b) {
  const Typed& path = a.values != nullptr ? a : b;
  const Typed& other = a.values != nullptr ? b : a;
  if (path.values == nullptr || other.literal == nullptr || !other.literal->is_string()) return {};
  std::vector<std::string> texts;
  for (const Json& value : *path.values) {
    if (value.is_string()) texts.push_back(value.get<std::string>());
  }
  return did_you_mean(other.literal->get<std::string>(), texts);
}

}  // namespace reg::ast
