#include <text/excerpt.h>
#include <text/utf8.h>
#include <algorithm>

namespace reg {

std::string excerpt(std::string_view text, std::size_t offset) {
  constexpr std::size_t reach = 60;
  offset = std::min(offset, text.size());
  std::size_t begin = offset > reach ? offset - reach : 0;
  std::size_t end = std::min(text.size(), offset + reach);
  while (begin > 0 && continues_code_point(text[begin])) --begin;
  while (end < text.size() && continues_code_point(text[end])) ++end;
  std::string shown(text.substr(begin, end - begin));
  for (char& c : shown) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
  }
  const auto before = std::string_view(shown).substr(0, offset - begin);
  const std::size_t columns = count_code_points(before);
  return shown + '\n' + std::string(columns, ' ') + '^';
}

}  // namespace reg
