#pragma once
// JSON text as this project writes it: compact, sorted keys, UTF-8, no raw control character (C0,
// DEL, C1). The form is canonical: equal strings give equal bytes, so escaped text can be compared
// in place of strings.

#include <reg/text.h>
#include <string>
#include <string_view>

namespace reg {

// Appends `text` as a JSON string, quotes included. `text` must be valid UTF-8.
void append_quoted(std::string& out, std::string_view text);
// Appends `text` escaped as in a JSON string, without the quotes.
void append_escaped(std::string& out, std::string_view text);
// `text` escaped as in a JSON string, without the quotes.
std::string escaped_text(std::string_view text);
// Appends a number so that it reads back as the same one; floats keep a `.` or an exponent.
void append_number(std::string& out, double value);
// The string that an escaped one (without quotes) stands for. The escapes must be valid.
std::string unescape(std::string_view escaped);
bool is_valid_utf8(std::string_view text);

}  // namespace reg
