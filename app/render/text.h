#pragma once
// Numbers and values as people read them.

#include <reg/json.h>
#include <cstddef>
#include <string>
#include <string_view>

namespace reg::app {

// 2022 as `2,022`.
std::string grouped(std::size_t number);
// `1 symbol`, `2,022 symbols`.
std::string counted(std::size_t number, std::string_view one, std::string_view many);
// The shortest text that reads back as that score, without a needless `.0`.
std::string score_text(double score);
// A string as it is; anything else as JSON.
std::string value_text(const Json& value);
// `a, b, c`.
template <typename Strings>
std::string joined(const Strings& parts, std::string_view separator = ", ") {
  std::string out;
  for (const auto& part : parts) {
    if (!out.empty()) out += separator;
    out += part;
  }
  return out;
}

}  // namespace reg::app
