#pragma once
// Numbers that keep the text in which a person wrote them: 2.10 is the number 2.1, and where it
// meets a version it is 2.10.
//
// Such a number is a binary `Json` value (the one type that no JSON text gives): its bytes are the
// text, its subtype the bits of the double. A binary value without a subtype is a version literal
// (predicate/node.h).

#include <reg/json.h>
#include <array>
#include <cstdint>
#include <string_view>

namespace reg {

// The shortest decimal digits that give a number, without an exponent.
class ShortestText {
 public:
  explicit ShortestText(double value);
  explicit ShortestText(std::int64_t value);
  explicit ShortestText(std::uint64_t value);
  ShortestText(const ShortestText&) = delete;
  ShortestText& operator=(const ShortestText&) = delete;
  std::string_view text() const { return text_; }

 private:
  template <typename... Number>
  void write(Number... number);

  std::array<char, 352> digits_;  // the longest double in full: 309 digits, or 0. and 340 more
  std::string_view text_;
};

// The number, with its text if that reads as another version than the number does.
Json number_of(std::string_view text, double value);

inline bool is_kept_number(const Json& value) {
  const auto* bytes = value.get_ptr<const Json::binary_t*>();
  return bytes != nullptr && bytes->has_subtype();
}
double kept_value(const Json& kept);
// The bytes of a binary value: a kept number's text, or a version literal's.
std::string_view binary_text(const Json& binary);

}  // namespace reg
