#pragma once
// How wide the terminal is that text goes to.

#include <cstddef>
#include <optional>

namespace reg::app {

// The columns of the terminal behind a file descriptor: COLUMNS where that is a number, else what
// the terminal says, else 80. Nothing if it is no terminal.
std::optional<std::size_t> terminal_width(int descriptor);

}  // namespace reg::app
