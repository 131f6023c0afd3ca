#include <reg/query.h>
#include <algorithm>

namespace reg {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Takes the digits at the start of a text, without zeros in front.
std::string_view take_number(std::string_view& text) {
  std::size_t begin = 0, end = 0;
  while (end < text.size() && is_digit(text[end])) ++end;
  while (begin < end && text[begin] == '0') ++begin;
  const std::string_view digits = text.substr(begin, end - begin);
  text.remove_prefix(end);
  return digits;
}

int compare_numbers(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return a.size() < b.size() ? -1 : 1;
  return a.compare(b);
}

}  // namespace

int compare_naturally(std::string_view a, std::string_view b) {
  std::string_view left = a, right = b;
  while (!left.empty() && !right.empty()) {
    if (is_digit(left.front()) && is_digit(right.front())) {
      const int order = compare_numbers(take_number(left), take_number(right));
      if (order != 0) return order;
      continue;
    }
    const auto x = static_cast<unsigned char>(left.front());
    const auto y = static_cast<unsigned char>(right.front());
    if (x != y) return x < y ? -1 : 1;
    left.remove_prefix(1);
    right.remove_prefix(1);
  }
  if (left.empty() != right.empty()) return left.empty() ? -1 : 1;
  return a.compare(b);
}

}  // namespace reg
