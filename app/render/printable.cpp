#include "printable.h"

#include <reg/text.h>
#include <clocale>
#include <cwchar>

namespace reg::app {

namespace {

// A code point and the bytes it takes; the text must begin with whole UTF-8.
struct Decoded {
  char32_t code;
  std::size_t bytes;
};

Decoded decode(std::string_view text) {
  auto byte = [&](std::size_t i) {
    return static_cast<char32_t>(static_cast<unsigned char>(text[i]));
  };
  auto tail = [&](std::size_t i) { return byte(i) & 0x3F; };
  const char32_t lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  if (lead < 0xE0) return {(lead & 0x1F) << 6 | tail(1), 2};
  if (lead < 0xF0) return {(lead & 0x0F) << 12 | tail(1) << 6 | tail(2), 3};
  return {(lead & 0x07) << 18 | tail(1) << 12 | tail(2) << 6 | tail(3), 4};
}

bool is_plain(char c) { return c >= 0x20 && c < 0x7F; }

bool acts_on_terminal(char32_t code) {
  return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0x061C || code == 0x200E ||
         code == 0x200F || (code >= 0x2028 && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
}

void append_hex(std::string& out, char32_t value, int digits) {
  for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
    out += "0123456789abcdef"[(value >> shift) & 0xF];
  }
}

void append_escape(std::string& out, char32_t code) {
  if (code == '\n') {
    out += "\\n";
  } else if (code == '\t') {
    out += "\\t";
  } else if (code < 0x100) {
    out += "\\x";
    append_hex(out, code, 2);
  } else {
    out += "\\u";
    append_hex(out, code, 4);
  }
}

void append_valid(std::string& out, std::string_view text, Newlines newlines) {
  while (!text.empty()) {
    const auto [code, bytes] = decode(text);
    const bool keep = code == '\n' ? newlines == Newlines::Keep : !acts_on_terminal(code);
    if (keep) {
      out.append(text.substr(0, bytes));
    } else {
      append_escape(out, code);
    }
    text.remove_prefix(bytes);
  }
}

// wcwidth(3) knows the width of a character only in a locale that has it. Entering that one once,
// and for character types alone, changes nothing else that this program does.
bool enter_utf8_locale() {
  locale_t locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
  return locale != nullptr && uselocale(locale) != nullptr;
}

std::size_t code_point_width(char32_t code) {
  static const bool known = enter_utf8_locale();
  const int columns = known ? wcwidth(static_cast<wchar_t>(code)) : 1;
  return columns < 0 ? 1 : static_cast<std::size_t>(columns);
}

}  // namespace

void append_printable(std::string& out, std::string_view text, Newlines newlines) {
  std::size_t plain = 0;
  while (plain < text.size() && is_plain(text[plain])) ++plain;
  out.append(text.substr(0, plain));
  text.remove_prefix(plain);
  while (!text.empty()) {
    const std::size_t valid = valid_utf8_prefix(text);
    append_valid(out, text.substr(0, valid), newlines);
    text.remove_prefix(valid);
    if (text.empty()) break;
    append_escape(out, static_cast<unsigned char>(text.front()));
    text.remove_prefix(1);
  }
}

std::string printable(std::string_view text, Newlines newlines) {
  std::string out;
  out.reserve(text.size());
  append_printable(out, text, newlines);
  return out;
}

std::size_t display_width(std::string_view text) {
  std::size_t ascii = 0;
  while (ascii < text.size() && is_plain(text[ascii])) ++ascii;
  if (ascii == text.size()) return ascii;
  std::size_t width = ascii;
  for (text.remove_prefix(ascii); !text.empty();) {
    const auto [code, bytes] = decode(text);
    width += code_point_width(code);
    text.remove_prefix(bytes);
  }
  return width;
}

std::string shortened(std::string_view text, std::size_t columns) {
  if (display_width(text) <= columns) return std::string(text);
  std::size_t width = 1, kept = 0;  // the ellipsis is one column
  while (kept < text.size()) {
    const auto [code, bytes] = decode(text.substr(kept));
    width += code_point_width(code);
    if (width > columns) break;
    kept += bytes;
  }
  return std::string(text.substr(0, kept)) + "…";
}

}  // namespace reg::app
