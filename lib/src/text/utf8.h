#pragma once
// Code points, counted by the bytes that begin them.

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace reg {

// Whether a byte goes on with a code point that began before it.
constexpr bool continues_code_point(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

inline std::size_t count_code_points(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return !continues_code_point(c); }));
}

// As many whole code points as the first `most` bytes have.
inline std::string_view cut(std::string_view text, std::size_t most) {
  if (text.size() <= most) return text;
  while (most > 0 && continues_code_point(text[most])) --most;
  return text.substr(0, most);
}

}  // namespace reg
