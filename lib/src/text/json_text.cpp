#include <text/json_text.h>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <reg/plugin/scan.hpp>

namespace reg {
namespace {

constexpr unsigned char byte(char c) { return static_cast<unsigned char>(c); }

// Bytes at which a string cannot simply be copied; 0xC2 begins the C1 controls (and harmless
// characters).
constexpr std::array<bool, 256> make_stops() {
  std::array<bool, 256> stops{};
  for (std::size_t c = 0; c < 0x20; ++c) stops[c] = true;
  stops['"'] = stops['\\'] = stops[0x7F] = stops[0xC2] = true;
  return stops;
}
constexpr auto stops = make_stops();

// Whether the eight bytes can be copied as they are.
bool are_plain(const char* text) {
  constexpr std::uint64_t ones = 0x0101010101010101, high = 0x8080808080808080;
  auto has_zero = [](std::uint64_t bytes) { return (bytes - ones) & ~bytes & high; };
  std::uint64_t bytes = 0;
  std::memcpy(&bytes, text, sizeof bytes);
  const std::uint64_t control = (bytes - ones * 0x20) & ~bytes & high;
  const std::uint64_t quoted = has_zero(bytes ^ (ones * '"')) | has_zero(bytes ^ (ones * '\\'));
  const std::uint64_t others = has_zero(bytes ^ (ones * 0x7F)) | (bytes & high);
  return (control | quoted | others) == 0;
}

// How much of the start can be copied as it is, or less: eight bytes at a time.
std::size_t plain_prefix(std::string_view text) {
  constexpr std::size_t step = sizeof(std::uint64_t);
  std::size_t at = 0;
  while (at + step <= text.size()) {
    if (!are_plain(text.data() + at)) return at;
    at += step;
  }
  // The last ones once more with those before them.
  const bool whole = text.size() > step && are_plain(text.data() + text.size() - step);
  return whole ? text.size() : at;
}

void append_unicode_escape(std::string& out, unsigned value) {
  constexpr char digits[] = "0123456789abcdef";
  out += "\\u00";
  out += digits[value >> 4];
  out += digits[value & 15];
}

void append_ascii_escape(std::string& out, char c) {
  switch (c) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\b':
      out += "\\b";
      return;
    case '\f':
      out += "\\f";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      append_unicode_escape(out, byte(c));
  }
}

void append_code_point(std::string& out, std::uint32_t value) {
  auto put = [&out](std::uint32_t bits) { out += static_cast<char>(bits); };
  if (value < 0x80) {
    put(value);
  } else if (value < 0x800) {
    put(0xC0 | value >> 6);
    put(0x80 | (value & 0x3F));
  } else if (value < 0x10000) {
    put(0xE0 | value >> 12);
    put(0x80 | (value >> 6 & 0x3F));
    put(0x80 | (value & 0x3F));
  } else {
    put(0xF0 | value >> 18);
    put(0x80 | (value >> 12 & 0x3F));
    put(0x80 | (value >> 6 & 0x3F));
    put(0x80 | (value & 0x3F));
  }
}

// The four hex digits at `at`; 0xFFFD where there are none.
std::uint32_t hex4(std::string_view text, std::size_t at) {
  std::uint32_t value = 0;
  if (at + 4 > text.size()) return 0xFFFD;
  auto [end, error] = std::from_chars(text.data() + at, text.data() + at + 4, value, 16);
  return error == std::errc() && end == text.data() + at + 4 ? value : 0xFFFD;
}

// Reads the `u` and its four digits at `at` (a surrogate pair as one) and returns the number of
// bytes that it took.
std::size_t append_unicode(std::string& out, std::string_view text, std::size_t at) {
  std::uint32_t value = hex4(text, at + 1);
  if (value >= 0xD800 && value < 0xDC00 && text.substr(at + 5, 2) == "\\u") {
    std::uint32_t low = hex4(text, at + 7);
    if (low >= 0xDC00 && low < 0xE000) {
      append_code_point(out, 0x10000 + ((value - 0xD800) << 10) + (low - 0xDC00));
      return 11;
    }
  }
  append_code_point(out, value >= 0xD800 && value < 0xE000 ? 0xFFFD : value);
  return 5;
}

char simple_escape(char c) {
  switch (c) {
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    default:
      return c;
  }
}

}  // namespace

void append_escaped(std::string& out, std::string_view text) {
  std::size_t copied = 0;
  for (std::size_t i = plain_prefix(text); i < text.size(); ++i) {
    if (!stops[byte(text[i])]) continue;
    bool c1 = byte(text[i]) == 0xC2;
    if (c1 && (i + 1 >= text.size() || byte(text[i + 1]) > 0x9F)) continue;
    out.append(text, copied, i - copied);
    if (c1) {
      append_unicode_escape(out, byte(text[++i]));
    } else {
      append_ascii_escape(out, text[i]);
    }
    copied = i + 1;
  }
  out.append(text, copied);
}

std::string escaped_text(std::string_view text) {
  std::string out;
  append_escaped(out, text);
  return out;
}

void append_quoted(std::string& out, std::string_view text) {
  out += '"';
  append_escaped(out, text);
  out += '"';
}

void append_number(std::string& out, double value) {
  char buffer[32];
  auto end = std::to_chars(buffer, buffer + sizeof buffer, value).ptr;
  std::string_view digits(buffer, static_cast<std::size_t>(end - buffer));
  out += digits;
  if (digits.find_first_of(".e") == std::string_view::npos) out += ".0";
}

std::string unescape(std::string_view escaped) {
  std::string out;
  out.reserve(escaped.size());
  for (std::size_t i = 0; i < escaped.size(); ++i) {
    if (escaped[i] != '\\' || i + 1 == escaped.size()) {
      out += escaped[i];
    } else if (escaped[++i] == 'u') {
      i += append_unicode(out, escaped, i) - 1;
    } else {
      out += simple_escape(escaped[i]);
    }
  }
  return out;
}

bool is_valid_utf8(std::string_view text) { return valid_utf8_prefix(text) == text.size(); }

std::size_t valid_utf8_prefix(std::string_view text) { return grammar::utf8_prefix(text); }

}  // namespace reg
