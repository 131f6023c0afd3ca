#pragma once
// Colour, where it is wanted.

#include <cstdint>
#include <string>
#include <string_view>

namespace reg::app {

enum class ColorMode : std::uint8_t { Auto, Always, Never };

// Marks text up for a terminal, or leaves it as it is.
class Style {
 public:
  // The style for a file descriptor. `Auto` means a terminal that is not dumb, and no NO_COLOR.
  static Style for_descriptor(ColorMode mode, int descriptor);
  static Style plain() { return Style(Colored::No); }

  std::string bold(std::string_view text) const { return wrap("\x1b[1m", text); }
  std::string dim(std::string_view text) const { return wrap("\x1b[2m", text); }
  std::string good(std::string_view text) const { return wrap("\x1b[1;32m", text); }
  std::string bad(std::string_view text) const { return wrap("\x1b[1;31m", text); }
  std::string warning(std::string_view text) const { return wrap("\x1b[1;33m", text); }
  std::string error(std::string_view text) const { return wrap("\x1b[1;31m", text); }

 private:
  enum class Colored : bool { No, Yes };
  explicit Style(Colored colored) : colored_(colored) {}
  std::string wrap(std::string_view code, std::string_view text) const;

  Colored colored_;
};

// Whether a file descriptor is a terminal that understands more than text.
bool is_capable_terminal(int descriptor);

}  // namespace reg::app
