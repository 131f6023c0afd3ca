#include <text/excerpt.h>
#include <algorithm>

namespace reg {
namespace {

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

}  // namespace

std::string excerpt(std::string_view text, std::size_t offset) {
  constexpr std::size_t reach = 60;
  offset = std::min(offset, text.size());
  std::size_t begin = offset > reach ? offset - reach : 0;
  std::size_t end = std::min(text.size(), offset + reach);
  while (begin > 0 && continues(text[begin])) --begin;
  while (end < text.size() && continues(text[end])) ++end;
  std::string shown(text.substr(begin, end - begin));
  for (char& c : shown) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
  }
  const auto before = std::string_view(shown).substr(0, offset - begin);
  const auto columns = static_cast<std::size_t>(
      std::count_if(before.begin(), before.end(), [](char c) { return !continues(c); }));
  return shown + '\n' + std::string(columns, ' ') + '^';
}

}  // namespace reg
