#pragma once
// Paragraphs in lines of some width.

#include <cstddef>
#include <string>
#include <vector>

namespace reg::app {

// The width where none is known, and of all help.
inline constexpr std::size_t page_width = 80;

// Printable text in lines of that width, at least one. A line that begins with blanks stands as it
// is; a word that is wider has a line of its own.
std::vector<std::string> wrapped(const std::string& text, std::size_t width);

}  // namespace reg::app
