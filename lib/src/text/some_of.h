#pragma once
// Lists in messages.

#include <reg/text.h>
#include <algorithm>
#include <span>
#include <string>
#include <vector>

namespace reg {

// `a, b, c`, or the first of them and `…`: nobody reads thousands.
inline std::string some_of(const std::vector<std::string>& names) {
  constexpr std::size_t most = 10;
  const std::string text = joined(std::span(names).first(std::min(names.size(), most)));
  return names.size() > most ? text + ", …" : text;
}

}  // namespace reg
