#include "style.h"

#include <unistd.h>
#include <cstdlib>

namespace reg::app {

namespace {

std::string_view environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string_view{} : value;
}

bool wants_color(ColorMode mode, int descriptor) {
  if (mode != ColorMode::Auto) return mode == ColorMode::Always;
  return environment("NO_COLOR").empty() && is_capable_terminal(descriptor);
}

}  // namespace

bool is_capable_terminal(int descriptor) {
  return environment("TERM") != "dumb" && isatty(descriptor) == 1;
}

Style Style::for_descriptor(ColorMode mode, int descriptor) {
  return Style(wants_color(mode, descriptor) ? Colored::Yes : Colored::No);
}

std::string Style::wrap(std::string_view code, std::string_view text) const {
  std::string out;
  if (colored_ == Colored::No || text.empty()) return out.append(text);
  return out.append(code).append(text).append("\x1b[0m");
}

}  // namespace reg::app
