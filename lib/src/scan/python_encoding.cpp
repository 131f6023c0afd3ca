// How Python files are encoded.

#include <scan/python_texts.h>
#include <text/json_text.h>
#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

namespace reg {
namespace {

enum class Encoding : std::uint8_t { Utf8, Ascii, Latin1, Latin9, Windows1252 };

struct EncodingName {
  std::string_view name;
  Encoding encoding;
};

constexpr EncodingName encodings[] = {
    {"utf-8", Encoding::Utf8},         {"utf8", Encoding::Utf8},
    {"utf-8-sig", Encoding::Utf8},     {"u8", Encoding::Utf8},
    {"utf-8-unix", Encoding::Utf8},    {"utf-8-dos", Encoding::Utf8},
    {"utf-8-mac", Encoding::Utf8},     {"ascii", Encoding::Ascii},
    {"us-ascii", Encoding::Ascii},     {"latin-1", Encoding::Latin1},
    {"latin1", Encoding::Latin1},      {"iso-8859-1", Encoding::Latin1},
    {"iso8859-1", Encoding::Latin1},   {"iso-latin-1", Encoding::Latin1},
    {"l1", Encoding::Latin1},          {"latin-1-unix", Encoding::Latin1},
    {"iso-8859-15", Encoding::Latin9}, {"iso8859-15", Encoding::Latin9},
    {"latin-9", Encoding::Latin9},     {"latin9", Encoding::Latin9},
    {"cp1252", Encoding::Windows1252}, {"windows-1252", Encoding::Windows1252},
    {"1252", Encoding::Windows1252},
};

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\f'; }

bool is_name_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '_' || c == '.';
}

std::string_view without_blanks(std::string_view line) {
  while (!line.empty() && is_blank(line.front())) line.remove_prefix(1);
  return line;
}

// The encoding's name in a comment that has `coding:` or `coding=`; empty: it has none.
std::string_view coding_in(std::string_view line) {
  line = without_blanks(line);
  if (!line.starts_with('#')) return {};
  constexpr std::string_view mark = "coding";
  for (std::size_t at = line.find(mark); at != std::string_view::npos;
       at = line.find(mark, at + 1)) {
    std::string_view rest = line.substr(at + mark.size());
    if (!rest.starts_with(':') && !rest.starts_with('=')) continue;
    rest = without_blanks(rest.substr(1));
    const auto end = std::find_if_not(rest.begin(), rest.end(), is_name_char);
    if (end != rest.begin()) return rest.substr(0, static_cast<std::size_t>(end - rest.begin()));
  }
  return {};
}

// In one of the first two lines; the second counts only below a comment or nothing.
std::string_view coding_of(std::string_view text) {
  for (int number = 0; number < 2; ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    const std::string_view coding = coding_in(line);
    if (!coding.empty()) return coding;
    const std::string_view code = without_blanks(line);
    if ((!code.empty() && !code.starts_with('#')) || end == text.size()) return {};
    text.remove_prefix(end + 1);
  }
  return {};
}

std::optional<Encoding> encoding_named(std::string_view name) {
  std::string plain(name);
  for (char& c : plain) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (c == '_') c = '-';
  }
  const auto* found = std::find_if(std::begin(encodings), std::end(encodings),
                                   [&](const EncodingName& each) { return each.name == plain; });
  if (found == std::end(encodings)) return std::nullopt;
  return found->encoding;
}

// What 0x80 to 0x9F stand for in Windows 1252; 0: nothing.
constexpr std::array<std::uint16_t, 32> windows_1252 = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

std::uint16_t latin_9(std::uint8_t byte) {
  switch (byte) {
    case 0xA4:
      return 0x20AC;
    case 0xA6:
      return 0x0160;
    case 0xA8:
      return 0x0161;
    case 0xB4:
      return 0x017D;
    case 0xB8:
      return 0x017E;
    case 0xBC:
      return 0x0152;
    case 0xBD:
      return 0x0153;
    case 0xBE:
      return 0x0178;
    default:
      return byte;
  }
}

// 0: nothing.
std::uint16_t code_point(std::uint8_t byte, Encoding encoding) {
  if (encoding == Encoding::Latin9) return latin_9(byte);
  if (encoding == Encoding::Windows1252 && byte < 0xA0) return windows_1252[byte - 0x80U];
  return byte;
}

// nullopt: a byte stands for nothing in that encoding.
std::optional<std::string> to_utf8(std::string_view text, Encoding encoding) {
  std::string utf8;
  utf8.reserve(text.size() + text.size() / 8);
  for (const char c : text) {
    const auto byte = static_cast<std::uint8_t>(c);
    if (byte < 0x80) {
      utf8.push_back(c);
      continue;
    }
    const std::uint16_t code = encoding == Encoding::Ascii ? 0 : code_point(byte, encoding);
    if (code == 0) return std::nullopt;
    if (code >= 0x800) utf8.push_back(static_cast<char>(0xE0 | (code >> 12)));
    utf8.push_back(
        static_cast<char>(code >= 0x800 ? 0x80 | ((code >> 6) & 0x3F) : 0xC0 | (code >> 6)));
    utf8.push_back(static_cast<char>(0x80 | (code & 0x3F)));
  }
  return utf8;
}

// `\r\n` and `\r` end lines as `\n` does, inside of texts, too.
std::string with_line_feeds(std::string_view content) {
  std::string text(content);
  if (content.find('\r') == std::string_view::npos) return text;
  std::size_t size = 0;
  for (std::size_t at = 0; at < content.size(); ++at) {
    const bool is_return = content[at] == '\r';
    text[size++] = is_return ? '\n' : content[at];
    if (is_return && at + 1 < content.size() && content[at + 1] == '\n') ++at;
  }
  text.resize(size);
  return text;
}

PythonText failure(std::string problem) { return {"", std::move(problem)}; }

}  // namespace

PythonText python_text(std::string_view content) {
  constexpr std::string_view mark = "\xEF\xBB\xBF";
  if (content.starts_with(mark)) content.remove_prefix(mark.size());
  if (content.find('\0') != std::string_view::npos)
    return failure("has NUL bytes, and is no Python; nothing of it is read");
  std::string text = with_line_feeds(content);
  const std::string_view coding = coding_of(text);
  const std::optional<Encoding> encoding = coding.empty() ? Encoding::Utf8 : encoding_named(coding);
  if (!encoding)
    return failure("is not UTF-8 but in the encoding " + std::string(coding) +
                   ", which is not known here; nothing of it is read");
  if (*encoding == Encoding::Utf8) {
    if (!is_valid_utf8(text))
      return failure(
          "is not UTF-8, and has no coding line that says what it is; nothing of it is read");
    return {std::move(text), ""};
  }
  std::optional<std::string> utf8 = to_utf8(text, *encoding);
  if (!utf8)
    return failure("is not UTF-8, nor what its coding line says (" + std::string(coding) +
                   "); nothing of it is read");
  return {std::move(*utf8), ""};
}

}  // namespace reg
