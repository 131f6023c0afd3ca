#pragma once
// A piece of text with a mark under it, as messages show it.

#include <cstddef>
#include <string>
#include <string_view>

namespace reg {

// Two lines: the text, cut around the offset (in bytes) if it is long, and a caret below it.
// Control characters are shown as blanks.
std::string excerpt(std::string_view text, std::size_t offset);

}  // namespace reg
