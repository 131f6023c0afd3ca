#pragma once
// A walk along text of a known layout, from one expected part to the next.

#include <cstdint>
#include <optional>
#include <string_view>

namespace reg {

// Every step takes what it names off the front of the rest, or takes nothing and says no. Linear in
// the text, and without recursion, whatever the text is.
class TextWalk {
 public:
  explicit TextWalk(std::string_view text) : rest_(text) {}

  bool take(std::string_view literal);
  // The rest of a JSON string whose opening quote has been taken: escaped, its closing quote taken
  // too.
  std::optional<std::string_view> string();
  // A JSON object, braces included. Only strings and the balance of the brackets are looked at.
  std::optional<std::string_view> object();
  // Any JSON value: a string with its quotes, an object or array as above, or what ends before the
  // next comma or bracket.
  std::optional<std::string_view> value();
  // Decimal digits without leading zeros.
  std::optional<std::uint64_t> number();

  std::string_view rest() const { return rest_; }

 private:
  std::string_view take_first(std::size_t size);
  // An object or array.
  std::optional<std::string_view> container();
  std::string_view rest_;
};

}  // namespace reg
