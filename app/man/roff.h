#pragma once
// Text as roff, in which a backslash, and a dot or an apostrophe at a line's beginning, mean
// something.

#include <string>
#include <string_view>

namespace reg::app {

// One line of text that is shown as it is: dashes and quotes stay those that a shell takes.
std::string roff(std::string_view text);
std::string bold(std::string_view text);
std::string italic(std::string_view text);

// An argument of a macro.
std::string quoted_argument(std::string_view text);
// ASCII letters only.
std::string in_capitals(std::string_view text);

// A text of the help: lines that begin with blanks stand as they are, and what is in back-ticks is
// bold.
std::string paragraph(const std::string& text);

}  // namespace reg::app
