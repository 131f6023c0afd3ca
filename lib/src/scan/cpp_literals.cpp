#include <scan/cpp_literals.h>
#include <text/json_text.h>
#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdlib>

namespace reg {
namespace {

using Kind = CppToken::Kind;

constexpr std::uint32_t highest_code_point = 0x10FFFF;

bool append_code_point(std::string& out, std::uint32_t point) {
  const auto put = [&out](std::uint32_t byte) { out += static_cast<char>(byte); };
  if (point > highest_code_point || (point >= 0xD800 && point <= 0xDFFF)) return false;
  if (point < 0x80) {
    put(point);
  } else if (point < 0x800) {
    put(0xC0 | (point >> 6));
  } else if (point < 0x10000) {
    put(0xE0 | (point >> 12));
    put(0x80 | ((point >> 6) & 0x3F));
  } else {
    put(0xF0 | (point >> 18));
    put(0x80 | ((point >> 12) & 0x3F));
    put(0x80 | ((point >> 6) & 0x3F));
  }
  if (point >= 0x80) put(0x80 | (point & 0x3F));
  return true;
}

// What `\n` and the like stand for; nothing for other letters.
std::optional<char> simple_escape(char letter) {
  static constexpr std::string_view letters = "ntrabfv\\'\"?", values = "\n\t\r\a\b\f\v\\'\"?";
  const std::size_t found = letters.find(letter);
  if (found == std::string_view::npos) return std::nullopt;
  return values[found];
}

// Takes up to `most` digits off the front. nullopt: there is none, or they are too many.
std::optional<std::uint32_t> take_digits(std::string_view& text, int base, std::size_t most) {
  std::uint32_t value = 0;
  const char* begin = text.data();
  const auto [end, error] =
      std::from_chars(begin, begin + std::min(most, text.size()), value, base);
  if (error != std::errc{}) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - begin));
  return value;
}

enum class Width : std::uint8_t { Bytes, CodePoints };

// Takes one escape off the front, without its backslash, and appends what it stands for.
bool take_escape(std::string_view& text, Width width, std::string& out) {
  if (text.empty()) return false;
  const char letter = text[0];
  if (const std::optional<char> simple = simple_escape(letter)) {
    text.remove_prefix(1);
    out += *simple;
    return true;
  }
  const bool octal = letter >= '0' && letter <= '7';
  if (!octal) text.remove_prefix(1);
  if (letter == 'u' || letter == 'U') {
    const std::size_t digits = letter == 'u' ? 4 : 8, before = text.size();
    const std::optional<std::uint32_t> point = take_digits(text, 16, digits);
    return point && before - text.size() == digits && append_code_point(out, *point);
  }
  if (!octal && letter != 'x') return false;
  const std::optional<std::uint32_t> value =
      octal ? take_digits(text, 8, 3) : take_digits(text, 16, text.size());
  if (!value) return false;
  if (width == Width::CodePoints) return append_code_point(out, *value);
  if (*value > 0xFF) return false;
  out += static_cast<char>(*value);
  return true;
}

bool append_unescaped(std::string_view text, Width width, std::string& out) {
  while (!text.empty()) {
    const std::size_t plain = std::min(text.find('\\'), text.size());
    out += text.substr(0, plain);
    text.remove_prefix(plain);
    if (text.empty()) return true;
    text.remove_prefix(1);
    if (!take_escape(text, width, out)) return false;
  }
  return true;
}

// The text between the quotes, if they are there and nothing unknown follows them.
std::optional<std::string_view> between_quotes(std::string_view written) {
  const std::size_t open = written.find('"'), close = written.rfind('"');
  if (open == close) return std::nullopt;
  const std::string_view suffix = written.substr(close + 1);
  if (!suffix.empty() && suffix != "s" && suffix != "sv") return std::nullopt;
  return written.substr(open + 1, close - open - 1);
}

std::optional<std::string_view> between_delimiters(std::string_view text) {
  const std::size_t open = text.find('(');
  if (open == std::string_view::npos || text.size() < 2 * open + 2) return std::nullopt;
  if (text[text.size() - open - 1] != ')') return std::nullopt;
  return text.substr(open + 1, text.size() - 2 * open - 2);
}

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> all) {
  return std::find(all.begin(), all.end(), text) != all.end();
}

std::optional<Json> integer(std::string_view digits, bool negative) {
  int base = 10;
  if (digits.starts_with("0x")) {
    base = 16;
    digits.remove_prefix(2);
  } else if (digits.starts_with("0b")) {
    base = 2;
    digits.remove_prefix(2);
  } else if (digits.size() > 1 && digits[0] == '0') {
    base = 8;
  }
  std::uint64_t value = 0;
  const char* end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(digits.data(), end, value, base);
  if (error != std::errc{}) return std::nullopt;
  if (!is_one_of({stop, static_cast<std::size_t>(end - stop)},
                 {"", "u", "l", "ul", "lu", "ll", "ull", "llu", "z", "uz", "zu"}))
    return std::nullopt;
  if (!negative) return Json(value);
  if (value > static_cast<std::uint64_t>(INT64_MAX)) return std::nullopt;
  return Json(-static_cast<std::int64_t>(value));
}

std::optional<Json> decimal(std::string_view digits, bool negative) {
  if (digits.ends_with('f') || digits.ends_with('l')) digits.remove_suffix(1);
  double value = 0;
  const char* end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(digits.data(), end, value);
  if (error != std::errc{} || stop != end) return std::nullopt;
  return Json(negative ? -value : value);
}

}  // namespace

bool CppLiteral::take_text(std::string_view written) {
  const std::string_view prefix = written.substr(0, written.find('"'));
  const std::optional<std::string_view> quoted = between_quotes(written);
  if (!quoted || (what_ != What::Nothing && what_ != What::Text)) return false;
  what_ = What::Text;
  if (prefix.ends_with('R')) {
    const std::optional<std::string_view> raw = between_delimiters(*quoted);
    if (raw) text_ += *raw;
    return raw.has_value();
  }
  const bool bytes = prefix.empty() || prefix == "u8";
  return append_unescaped(*quoted, bytes ? Width::Bytes : Width::CodePoints, text_);
}

bool CppLiteral::take_number(std::string written) {
  std::erase(written, '\'');
  std::transform(written.begin(), written.end(), written.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  const bool whole = written.starts_with("0x") || written.find_first_of(".e") == std::string::npos;
  const std::optional<Json> number =
      whole ? integer(written, negative_) : decimal(written, negative_);
  if (number) value_ = *number;
  what_ = What::Whole;
  return number.has_value();
}

bool CppLiteral::take_word(std::string_view word) {
  what_ = What::Whole;
  if (word == "true" || word == "false") {
    value_ = word == "true";
    return true;
  }
  return word == "nullptr";
}

bool CppLiteral::take(const CppLexer& lexer, const CppToken& token) {
  std::string room;
  // A raw string has no joints: what looks like one belongs to it.
  if (token.is(Kind::Text)) return take_text(lexer.view(token, room));
  if (what_ == What::Nothing && (token.is("-") || token.is("+"))) {
    what_ = What::Sign;
    negative_ = token.is("-");
    return true;
  }
  if (token.is(Kind::Number) && (what_ == What::Nothing || what_ == What::Sign))
    return take_number(lexer.text(token));
  return token.is(Kind::Word) && what_ == What::Nothing && take_word(lexer.view(token, room));
}

std::optional<Json> CppLiteral::value() const {
  if (what_ == What::Whole) return value_;
  if (what_ != What::Text || !is_valid_utf8(text_)) return std::nullopt;
  return Json(text_);
}

}  // namespace reg
