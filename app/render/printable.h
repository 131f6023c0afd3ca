#pragma once
// Text from sources, made fit for a terminal.

#include <cstddef>
#include <string>
#include <string_view>

namespace reg::app {

enum class Newlines : bool { Escape, Keep };

// The text with everything that could act on a terminal, or lie about what it shows, made visible:
// C0, DEL and C1 controls, bytes that are not UTF-8 (`\x1b`), line and paragraph separators,
// direction marks, embeddings, overrides and isolates (`\u202e`).
std::string printable(std::string_view text, Newlines newlines = Newlines::Escape);
// Appends the same to `out`.
void append_printable(std::string& out, std::string_view text,
                      Newlines newlines = Newlines::Escape);

// The columns that printable text takes on a terminal.
std::size_t display_width(std::string_view text);
// The printable text in at most so many columns: where it has more, its beginning and `…`.
std::string shortened(std::string_view text, std::size_t columns);

}  // namespace reg::app
