#include <lint/slips.h>
#include <reg/predicate.h>
#include <registration/names_near.h>
#include <algorithm>
#include <string>

namespace reg::linting {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80; }

std::string lower(std::string_view text) {
  std::string lowered(text);
  for (char& c : lowered) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lowered;
}

// `a` and `b` are of one length, and differ at `at` first: by one letter there, or two changed
// places.
bool is_another_word(std::string_view a, std::string_view b, std::size_t at) {
  const bool begins_word = at == 0 || !is_letter(a[at - 1]);
  return begins_word && a.substr(at + 1) == b.substr(at + 1);
}

}  // namespace

bool is_slip(std::string_view a, std::string_view b) {
  constexpr std::size_t shortest = 4;
  if (a == b || std::min(a.size(), b.size()) < shortest) return false;
  if (std::max(a.size(), b.size()) - std::min(a.size(), b.size()) > 1) return false;
  const std::string x = lower(a), y = lower(b);
  if (x == y) return true;
  if (!differs_by_a_letter(x, y)) return false;
  const std::string &longer = x.size() < y.size() ? y : x, &other = x.size() < y.size() ? x : y;
  const auto at = static_cast<std::size_t>(
      std::mismatch(other.begin(), other.end(), longer.begin()).first - other.begin());
  if (is_digit(longer[at]) || (at < other.size() && is_digit(other[at]))) return false;
  return x.size() != y.size() || !is_another_word(x, y, at);
}

bool is_slip_of_path(std::string_view a, std::string_view b) {
  const auto x = parse_path(a), y = parse_path(b);
  const std::size_t shared = std::min(x.size(), y.size());
  bool slipped = false;
  for (std::size_t i = 0; i < shared; ++i) {
    if (x[i] == y[i]) continue;
    if (slipped || !is_slip(x[i], y[i])) return false;
    slipped = true;
  }
  return slipped;
}

}  // namespace reg::linting
