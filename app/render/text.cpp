#include "text.h"

namespace reg::app {

std::string grouped(std::size_t number) {
  std::string text = std::to_string(number);
  for (std::size_t at = text.size(); at > 3;) text.insert(at -= 3, 1, ',');
  return text;
}

std::string counted(std::size_t number, std::string_view one, std::string_view many) {
  return grouped(number).append(1, ' ').append(number == 1 ? one : many);
}

std::string after_colon(const std::string& hint) { return hint.empty() ? hint : ": " + hint; }

}  // namespace reg::app
