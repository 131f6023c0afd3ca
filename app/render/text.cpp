#include "text.h"

#include <array>
#include <charconv>

namespace reg::app {

std::string grouped(std::size_t number) {
  std::string text = std::to_string(number);
  for (std::size_t at = text.size(); at > 3;) text.insert(at -= 3, 1, ',');
  return text;
}

std::string counted(std::size_t number, std::string_view one, std::string_view many) {
  return grouped(number).append(1, ' ').append(number == 1 ? one : many);
}

std::string score_text(double score) {
  std::array<char, 32> buffer;
  const auto [end, status] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), score);
  return status == std::errc{} ? std::string(buffer.data(), end) : std::to_string(score);
}

std::string value_text(const Json& value) {
  return value.is_string() ? value.get<std::string>() : to_text(value);
}

}  // namespace reg::app
