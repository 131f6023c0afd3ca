#include <scan/python_texts.h>
#include <text/json_text.h>
#include <text/utf8.h>
#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>

namespace reg {
namespace {

void append_code_point(std::string& out, std::uint32_t code) {
  const auto push = [&out](std::uint32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (code < 0x80) return push(code);
  if (code < 0x800) {
    push(0xC0 | (code >> 6));
  } else {
    if (code < 0x10000) {
      push(0xE0 | (code >> 12));
    } else {
      push(0xF0 | (code >> 18));
      push(0x80 | ((code >> 12) & 0x3F));
    }
    push(0x80 | ((code >> 6) & 0x3F));
  }
  push(0x80 | (code & 0x3F));
}

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

std::string_view stripped(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

// Reads the escapes of one literal.
class Unescaping {
 public:
  explicit Unescaping(std::string_view written) : rest_(written) {}

  std::optional<std::string> run() {
    while (!rest_.empty()) {
      const std::size_t plain = std::min(rest_.find('\\'), rest_.size());
      out_.append(rest_.substr(0, plain));
      rest_.remove_prefix(plain);
      if (rest_.empty()) break;
      rest_.remove_prefix(1);
      if (!escape()) return std::nullopt;
    }
    return std::move(out_);
  }

 private:
  std::string_view rest_;
  std::string out_;

  bool escape() {
    if (rest_.empty()) return false;
    const char c = rest_.front();
    if (c >= '0' && c <= '7') return digits(8, 1, 3);
    rest_.remove_prefix(1);
    switch (c) {
      case '\n':
        return true;
      case 'x':
        return digits(16, 2, 2);
      case 'u':
        return digits(16, 4, 4);
      case 'U':
        return digits(16, 8, 8);
      case 'N':
        return false;
      default:
        break;
    }
    constexpr std::string_view names = "\\'\"abfnrtv", meant = "\\'\"\a\b\f\n\r\t\v";
    const std::size_t found = names.find(c);
    if (found == std::string_view::npos) out_.push_back('\\');
    out_.push_back(found == std::string_view::npos ? c : meant[found]);
    return true;
  }

  bool digits(int base, std::size_t least, std::size_t most) {
    std::uint32_t code = 0;
    const char* begin = rest_.data();
    const auto [end, error] =
        std::from_chars(begin, begin + std::min(most, rest_.size()), code, base);
    const auto count = static_cast<std::size_t>(end - begin);
    if (error != std::errc() || count < least || code > 0x10FFFF) return false;
    if (code >= 0xD800 && code < 0xE000) return false;
    rest_.remove_prefix(count);
    append_code_point(out_, code);
    return true;
  }
};

std::string without_underscores(std::string_view written) {
  std::string digits(written);
  digits.erase(std::remove(digits.begin(), digits.end(), '_'), digits.end());
  return digits;
}

}  // namespace

std::optional<std::string> unescaped_python(std::string_view written) {
  return Unescaping(written).run();
}

std::optional<Json> python_integer(std::string_view written) {
  std::string digits = without_underscores(written);
  int base = 10;
  if (digits.size() > 2 && digits[0] == '0') {
    switch (digits[1]) {
      case 'x':
      case 'X':
        base = 16;
        break;
      case 'o':
      case 'O':
        base = 8;
        break;
      case 'b':
      case 'B':
        base = 2;
        break;
      default:
        break;
    }
    if (base != 10) digits.erase(0, 2);
  }
  // An octal number of Python 2.
  if (base == 10 && digits.size() > 1 && digits[0] == '0' &&
      digits.find_first_not_of('0') != std::string::npos)
    return std::nullopt;
  std::uint64_t value = 0;
  const char* end = digits.data() + digits.size();
  const auto result = std::from_chars(digits.data(), end, value, base);
  if (result.ec != std::errc() || result.ptr != end) return std::nullopt;
  return Json(value);
}

std::optional<Json> python_float(std::string_view written) {
  const std::string digits = without_underscores(written);
  double value = 0;
  const char* end = digits.data() + digits.size();
  const auto result = std::from_chars(digits.data(), end, value);
  if (result.ec != std::errc() || result.ptr != end || !std::isfinite(value)) return std::nullopt;
  return Json(value);
}

std::string one_line(std::string_view text, std::size_t most) {
  std::string line;
  text = stripped(text);
  for (std::size_t at = 0; at < text.size() && line.size() <= most; ++at) {
    if (!is_space(text[at])) {
      line.push_back(text[at]);
    } else if (line.back() != ' ') {
      line.push_back(' ');
    }
  }
  // One byte more than fits has been taken, so that `cut` sees what it would cut through.
  line.resize(cut(line, most).size());
  while (!line.empty() && line.back() == ' ') line.pop_back();
  return line;
}

std::string first_line(std::string_view documentation) {
  constexpr std::size_t most = 1000;
  const std::string_view text = stripped(documentation);
  return std::string(stripped(cut(stripped(text.substr(0, text.find('\n'))), most)));
}

}  // namespace reg
