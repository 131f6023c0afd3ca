#include <manifest/source_text.h>
#include <text/json_text.h>
#include <algorithm>
#include <cstdint>
#include <cstring>

namespace reg {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

// Offset of the first byte that is not ASCII, give or take the seven before it.
std::size_t ascii_prefix(std::string_view text) {
  constexpr std::uint64_t high_bits = 0x8080808080808080;
  std::size_t at = 0;
  for (; at + sizeof(std::uint64_t) <= text.size(); at += sizeof(std::uint64_t)) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + at, sizeof word);
    if ((word & high_bits) != 0) return at;
  }
  while (at < text.size() && static_cast<unsigned char>(text[at]) < 0x80) ++at;
  return at;
}

std::string hex_byte(char c) {
  constexpr char digits[] = "0123456789ABCDEF";
  auto value = static_cast<unsigned char>(c);
  return {'0', 'x', digits[value >> 4], digits[value & 15]};
}

}  // namespace

std::optional<SourceText> check_text(std::string_view bytes, Problems& problems) {
  if (bytes.starts_with(byte_order_mark)) bytes.remove_prefix(byte_order_mark.size());
  const std::size_t ascii = ascii_prefix(bytes);
  const std::size_t valid = ascii + valid_utf8_prefix(bytes.substr(ascii));
  if (valid < bytes.size()) {
    problems.add(position_at(bytes, valid),
                 {"not UTF-8: the byte " + hex_byte(bytes[valid]) + " cannot stand here",
                  "save the file as UTF-8"});
    return std::nullopt;
  }
  return SourceText{bytes, ascii == bytes.size() ? Characters::Ascii : Characters::Utf8};
}

Position position_at(std::string_view text, std::size_t offset) {
  std::string_view before = text.substr(0, offset);
  auto lines = std::count(before.begin(), before.end(), '\n');
  std::string_view line = before.substr(before.rfind('\n') + 1);
  return {static_cast<std::uint32_t>(lines + 1),
          static_cast<std::uint32_t>(count_code_points(line) + 1)};
}

Lines::Lines(std::string_view text)
    : text_(text), is_ascii_(ascii_prefix(text) == text.size()), begins_{0} {
  for (std::size_t end = text.find('\n'); end != std::string_view::npos;
       end = text.find('\n', end + 1))
    begins_.push_back(end + 1);
}

std::optional<std::size_t> Lines::offset_of(Position at) const {
  if (at.line == 0 || at.line > begins_.size()) return std::nullopt;
  std::size_t offset = begins_[at.line - 1];
  if (is_ascii_) {
    const std::size_t end = at.line < begins_.size() ? begins_[at.line] - 1 : text_.size();
    return std::min(end, offset + std::max(at.column, 1U) - 1);
  }
  for (std::uint32_t column = 1; column < at.column; ++column) {
    if (offset >= text_.size() || text_[offset] == '\n') break;
    ++offset;
    while (offset < text_.size() && continues_code_point(text_[offset])) ++offset;
  }
  return offset;
}

Position Lines::position_of(std::size_t offset) const {
  const auto next = std::upper_bound(begins_.begin(), begins_.end(), offset);
  const auto line = static_cast<std::size_t>(next - begins_.begin());
  const std::string_view before = text_.substr(begins_[line - 1], offset - begins_[line - 1]);
  const std::size_t columns = is_ascii_ ? before.size() : count_code_points(before);
  return {static_cast<std::uint32_t>(line), static_cast<std::uint32_t>(columns + 1)};
}

}  // namespace reg
