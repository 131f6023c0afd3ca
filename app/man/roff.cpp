#include "roff.h"

#include <fmt/format.h>
#include <algorithm>
#include <cstdint>
#include <sstream>

namespace reg::app {

namespace {

std::string_view escaped(char character) {
  switch (character) {
    case '\\':
      return "\\e";
    case '-':
      return "\\-";
    case '\'':
      return "\\(aq";
    case '`':
      return "\\(ga";
    case '^':
      return "\\(ha";
    case '~':
      return "\\(ti";
    default:
      return {};
  }
}

// A character beyond ASCII by its number, which needs no reader that knows UTF-8. The help is text
// of ours, and valid; takes it off the text's beginning.
std::string numbered(std::string_view& text) {
  const auto byte = [&text](std::size_t at) { return static_cast<unsigned char>(text[at]); };
  const std::size_t size = byte(0) >= 0xF0 ? 4 : byte(0) >= 0xE0 ? 3 : 2;
  std::uint32_t code = byte(0) & (0xFFU >> (size + 1));
  for (std::size_t at = 1; at < size; ++at) code = code << 6U | (byte(at) & 0x3FU);
  text.remove_prefix(size);
  return fmt::format("\\[u{:04X}]", code);
}

// In which every other piece was in back-ticks; an odd one out is shown.
std::string with_bold_code(const std::string& line) {
  std::string out;
  std::size_t begin = 0;
  for (;;) {
    const std::size_t open = line.find('`', begin);
    const std::size_t close = open == std::string::npos ? open : line.find('`', open + 1);
    if (close == std::string::npos) return out + roff(std::string_view(line).substr(begin));
    out += roff(std::string_view(line).substr(begin, open - begin));
    out += bold(std::string_view(line).substr(open + 1, close - open - 1));
    begin = close + 1;
  }
}

// A line of input may begin with anything but what makes it a request.
std::string guarded(const std::string& line) { return line.starts_with('.') ? "\\&" + line : line; }

}  // namespace

std::string roff(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    if (static_cast<unsigned char>(text.front()) >= 0x80) {
      out += numbered(text);
      continue;
    }
    const std::string_view escape = escaped(text.front());
    escape.empty() ? out.append(1, text.front()) : out.append(escape);
    text.remove_prefix(1);
  }
  return guarded(out);
}

std::string bold(std::string_view text) { return "\\fB" + roff(text) + "\\fR"; }

std::string italic(std::string_view text) { return "\\fI" + roff(text) + "\\fR"; }

std::string quoted_argument(std::string_view text) {
  std::string out = roff(text);
  for (std::size_t at = 0; (at = out.find('"', at)) != std::string::npos; at += 4) {
    out.replace(at, 1, "\\(dq");
  }
  return '"' + out + '"';
}

std::string in_capitals(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](char letter) {
    return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
  });
  return out;
}

std::string paragraph(const std::string& text) {
  std::string out;
  std::istringstream in(text);
  bool verbatim = false;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("  ") != verbatim) {
      verbatim = !verbatim;
      out += verbatim ? ".PP\n.nf\n" : ".fi\n.PP\n";
    }
    out += (verbatim ? roff(line) : with_bold_code(line)) + '\n';
  }
  return verbatim ? out + ".fi\n" : out;
}

}  // namespace reg::app
