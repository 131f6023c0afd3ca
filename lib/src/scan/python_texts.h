#pragma once
// The texts of Python: how a file is encoded, and what its literals mean.

#include <reg/json.h>
#include <optional>
#include <string>
#include <string_view>

namespace reg {

// A file's text as UTF-8 with `\n` at the ends of its lines and without a byte order mark, or why
// there is none.
struct PythonText {
  std::string text;
  std::string problem;
};

// As PEP 263 says: UTF-8, unless a coding line names one of the Latin encodings.
PythonText python_text(std::string_view content);

// What stands between the quotes of a literal that is not raw; nullopt: an escape that Python
// forbids, a name (`\N{…}`), or half of a surrogate pair.
std::optional<std::string> unescaped_python(std::string_view written);

// nullopt: a complex number, an infinite one, or one beyond 64 bits.
std::optional<Json> python_integer(std::string_view written);
std::optional<Json> python_float(std::string_view written);

// In one line: white space is one blank, and what is longer than `most` bytes is cut.
std::string one_line(std::string_view text, std::size_t most);

// The first line of a documentation that says something, without white space around it.
std::string first_line(std::string_view documentation);

}  // namespace reg
