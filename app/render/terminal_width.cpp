#include "terminal_width.h"

#include "wrapped.h"

#include <sys/ioctl.h>
#include <unistd.h>
#include <charconv>
#include <cstdlib>
#include <string_view>

namespace reg::app {

namespace {

// 0: it does not say.
std::size_t width_in_environment() {
  const char* value = std::getenv("COLUMNS");
  const std::string_view text = value == nullptr ? "" : value;
  std::size_t width = 0;
  const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), width);
  return status == std::errc{} && end == text.data() + text.size() ? width : 0;
}

std::size_t width_of_terminal(int descriptor) {
  winsize size{};
  return ioctl(descriptor, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

}  // namespace

std::optional<std::size_t> terminal_width(int descriptor) {
  if (isatty(descriptor) != 1) return std::nullopt;
  if (const std::size_t width = width_in_environment(); width != 0) return width;
  const std::size_t width = width_of_terminal(descriptor);
  return width == 0 ? page_width : width;
}

}  // namespace reg::app
