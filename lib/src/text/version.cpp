#include <text/hash.h>
#include <text/version.h>
#include <algorithm>
#include <reg/plugin/scan.hpp>

namespace reg {
namespace {

using grammar::is_digit;
using grammar::run;

std::string_view without_zeros(std::string_view number) {
  number.remove_prefix(std::min(number.size(), number.find_first_not_of('0')));
  return number;
}

// Takes the next number off the front, without the zeros it begins with: nothing for 0 and behind
// the end, which is what makes 12 equal 12.0.
std::string_view take_number(std::string_view& rest) {
  std::string_view number = rest.substr(0, rest.find('.'));
  rest.remove_prefix(std::min(rest.size(), number.size() + 1));
  return without_zeros(number);
}

std::strong_ordering order_numbers(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return a.size() <=> b.size();
  return a.compare(b) <=> 0;
}

// The identifiers of a pre-release, one after the other.
class Identifiers {
 public:
  explicit Identifiers(std::string_view pre_release)
      : rest_(pre_release), tagged_(!pre_release.starts_with('-')) {
    if (!tagged_) rest_.remove_prefix(1);
  }

  bool done() const { return rest_.empty(); }

  std::string_view take() {
    std::size_t size = tagged_ && !is_digit(rest_.front())
                           ? run(rest_, [](char c) { return !is_digit(c); })
                           : std::min(rest_.find('.'), rest_.size());
    std::string_view identifier = rest_.substr(0, size);
    rest_.remove_prefix(size);
    if (rest_.starts_with('.')) rest_.remove_prefix(1);
    return identifier;
  }

 private:
  std::string_view rest_;
  bool tagged_;  // `rc1`, and not `-rc.1`
};

bool is_number(std::string_view identifier) {
  return std::all_of(identifier.begin(), identifier.end(), is_digit);
}

std::strong_ordering order_identifiers(std::string_view a, std::string_view b) {
  if (is_number(a) != is_number(b))
    return is_number(a) ? std::strong_ordering::less : std::strong_ordering::greater;
  if (is_number(a)) return order_numbers(without_zeros(a), without_zeros(b));
  return a.compare(b) <=> 0;
}

std::strong_ordering order_pre_releases(std::string_view a, std::string_view b) {
  if (a.empty() || b.empty()) return a.empty() <=> b.empty();  // none at all is the greatest
  Identifiers left(a), right(b);
  while (!left.done() && !right.done()) {
    if (auto order = order_identifiers(left.take(), right.take()); order != 0) return order;
  }
  return right.done() <=> left.done();
}

// Calls `visit` with the pieces of the normal form.
template <typename Visit>
void each_piece(std::string_view release, std::string_view before, Visit visit) {
  auto number = [&visit](std::string_view digits) { visit(digits.empty() ? "0" : digits); };
  number(take_number(release));
  std::size_t zeros = 0;
  while (!release.empty()) {
    std::string_view next = take_number(release);
    if (next.empty()) {
      ++zeros;
      continue;
    }
    for (; zeros > 0; --zeros) visit(".0");
    visit(".");
    visit(next);
  }
  if (before.empty()) return;
  std::string_view separator = "-";
  for (Identifiers identifiers(before); !identifiers.done(); separator = ".") {
    std::string_view identifier = identifiers.take();
    visit(separator);
    is_number(identifier) ? number(without_zeros(identifier)) : visit(identifier);
  }
}

}  // namespace

std::size_t VersionText::size_in(std::string_view text) {
  const std::size_t v = text.starts_with('v') ? 1 : 0;
  const std::size_t size = grammar::version_sizes(text.substr(v)).all();
  return size == 0 ? 0 : v + size;
}

std::optional<VersionText> VersionText::of(std::string_view text) {
  if (text.starts_with('v')) text.remove_prefix(1);
  const grammar::VersionSizes sizes = grammar::version_sizes(text);
  if (sizes.release == 0 || sizes.all() != text.size()) return std::nullopt;
  return VersionText(text.substr(0, sizes.release), text.substr(sizes.release, sizes.before));
}

std::strong_ordering VersionText::operator<=>(const VersionText& other) const {
  std::string_view a = release_, b = other.release_;
  while (!a.empty() || !b.empty()) {
    std::string_view left = take_number(a), right = take_number(b);
    if (auto order = order_numbers(left, right); order != 0) return order;
  }
  return order_pre_releases(before_, other.before_);
}

std::size_t VersionText::hash() const {
  std::uint64_t hash = 0;
  each_piece(release_, before_, [&hash](std::string_view piece) { hash = hash_of(piece, hash); });
  return hash;
}

std::string VersionText::normal_form() const {
  std::string text;
  each_piece(release_, before_, [&text](std::string_view piece) { text += piece; });
  return text;
}

}  // namespace reg
