#include <predicate/value.h>
#include <predicate/version_reading.h>
#include <reg/text.h>
#include <algorithm>

namespace reg::ast {
namespace {

template <typename Integer>
std::partial_ordering order_with_float(Integer integer, double number) {
  // 2^63 and 2^64 are doubles, the greatest integers are not: the bounds are compared before the
  // cast.
  constexpr double end = std::is_signed_v<Integer> ? 0x1p63 : 0x1p64;
  constexpr double begin = std::is_signed_v<Integer> ? -0x1p63 : 0;
  if (!(number < end)) return std::partial_ordering::less;
  if (number < begin) return std::partial_ordering::greater;
  auto whole = static_cast<Integer>(number);
  if (integer != whole) return integer <=> whole;
  return 0.0 <=> number - static_cast<double>(whole);
}

std::partial_ordering reversed(std::partial_ordering ordering) { return 0 <=> ordering; }

// Calls `visit` with the number as int64_t, uint64_t or double.
template <typename Visit>
std::partial_ordering visit_number(const Json& number, Visit visit) {
  if (number.is_number_float()) return visit(*number.get_ptr<const double*>());
  if (number.is_number_unsigned()) return visit(*number.get_ptr<const std::uint64_t*>());
  if (number.is_number_integer()) return visit(*number.get_ptr<const std::int64_t*>());
  return visit(kept_value(number));
}

struct NumberOrder {
  std::partial_ordering operator()(double a, double b) const { return a <=> b; }
  template <typename Integer>
  std::partial_ordering operator()(Integer a, double b) const {
    return order_with_float(a, b);
  }
  template <typename Integer>
  std::partial_ordering operator()(double a, Integer b) const {
    return reversed(order_with_float(b, a));
  }
  template <typename A, typename B>
  std::partial_ordering operator()(A a, B b) const {
    if (std::cmp_equal(a, b)) return std::partial_ordering::equivalent;
    return std::cmp_less(a, b) ? std::partial_ordering::less : std::partial_ordering::greater;
  }
};

// Exact, also where an integer and a float meet: 2^53 + 1 is not 2^53.
std::partial_ordering order_numbers(const Json& a, const Json& b) {
  return visit_number(a, [&b](auto left) {
    return visit_number(b, [left](auto right) { return NumberOrder{}(left, right); });
  });
}

const std::string& text_of(const Json& string) { return *string.get_ptr<const std::string*>(); }

bool equal_arrays(const Json& a, const Json& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const Json& x, const Json& y) { return equal(x, y); });
}

bool equal_objects(const Json& a, const Json& b) {
  const auto& left = *a.get_ptr<const Json::object_t*>();
  const auto& right = *b.get_ptr<const Json::object_t*>();
  return std::equal(
      left.begin(), left.end(), right.begin(), right.end(),
      [](const auto& x, const auto& y) { return x.first == y.first && equal(x.second, y.second); });
}

bool contains(const Json& container, const Json& value, As as) {
  if (container.is_array()) {
    return std::any_of(container.begin(), container.end(),
                       [&](const Json& element) { return equal(element, value, as); });
  }
  if (!value.is_string()) return false;
  if (container.is_string()) return text_of(container).find(text_of(value)) != std::string::npos;
  return container.is_object() &&
         container.get_ptr<const Json::object_t*>()->contains(text_of(value));
}

// Of two values one of which is binary: a version literal, or a number that keeps its text.
std::partial_ordering order_binary(const Json& a, const Json& b) {
  if (is_version(a) || is_version(b)) return order_versions(a, b);
  if (is_number(a) && is_number(b)) return order_numbers(a, b);
  return std::partial_ordering::unordered;
}

// The order of two numbers, two strings, or two versions; else unordered.
std::partial_ordering order(const Json& a, const Json& b, As as) {
  if (as == As::Versions) return order_versions(a, b);
  if (a.is_number() && b.is_number()) return order_numbers(a, b);
  if (a.is_binary() || b.is_binary()) return order_binary(a, b);
  if (a.is_string() && b.is_string()) return text_of(a).compare(text_of(b)) <=> 0;
  return std::partial_ordering::unordered;
}

bool holds(Operator op, const Json& left, const Json& right, As as) {
  switch (op) {
    case Operator::Equal:
      return equal(left, right, as);
    case Operator::Less:
      return order(left, right, as) < 0;
    case Operator::LessEqual:
      return order(left, right, as) <= 0;
    case Operator::Greater:
      return order(left, right, as) > 0;
    case Operator::GreaterEqual:
      return order(left, right, as) >= 0;
    case Operator::In:
      return contains(right, left, as);
    case Operator::Glob:
      return left.is_string() && right.is_string() && glob_match(text_of(right), text_of(left));
    case Operator::NotEqual:
      return !equal(left, right, as);
  }
  return false;
}

}  // namespace

bool is_true(const Json& value) { return is_version(value) || truthy(value); }

double grade(const Json& value) {
  if (value.is_boolean()) return value.get<bool>() ? 1 : 0;
  return is_number(value) ? std::max(number_in(value), 0.0) : 0;
}

bool equal(const Json& a, const Json& b) {
  if (a.is_string() && b.is_string()) return text_of(a) == text_of(b);
  if (a.is_binary() || b.is_binary()) return order_binary(a, b) == 0;
  if (a.is_number() && b.is_number()) return order_numbers(a, b) == 0;
  if (a.type() != b.type()) return false;
  if (a.is_array()) return equal_arrays(a, b);
  if (a.is_object()) return equal_objects(a, b);
  return a == b;
}

bool equal_versions(const Json& a, const Json& b) {
  if (a.is_null() || b.is_null()) return a.is_null() && b.is_null();
  return order_versions(a, b) == 0;
}

bool holds(Operator op, Value left, Value right) {
  if (op == Operator::NotEqual) return !holds(Operator::Equal, left, right);
  if (left.json == nullptr || right.json == nullptr || meets_null(left, right)) return false;
  return holds(op, *left.json, *right.json, as_of(left, right));
}

}  // namespace reg::ast

namespace reg {

bool json_equal(const Json& a, const Json& b) { return ast::equal(a, b); }

}  // namespace reg
