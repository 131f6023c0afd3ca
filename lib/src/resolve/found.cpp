#include <resolve/found.h>
#include <text/diagnostic.h>
#include <cctype>

namespace reg {

Diagnostic warning_at(Position at, std::string message, std::string hint) {
  return warning_at(Place{{}, at.line, at.column}, std::move(message), std::move(hint));
}

std::string registry_name_of(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](unsigned char c) { return std::isspace(c) != 0; }, '_');
  return text;
}

}  // namespace reg
