#include <text/hash.h>
#include <text/version.h>
#include <algorithm>

namespace reg {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_identifier(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
}
bool is_ignored(char c) { return is_identifier(c) || c == '_'; }

template <typename Belongs>
std::size_t run(std::string_view text, Belongs belongs) {
  return static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), belongs) -
                                  text.begin());
}

// The size of the words, with single dots between them, that the text begins with; 0: it begins
// with none.
template <typename Belongs>
std::size_t dotted(std::string_view text, Belongs belongs) {
  std::size_t end = run(text, belongs);
  while (end != 0 && end < text.size() && text[end] == '.') {
    std::size_t word = run(text.substr(end + 1), belongs);
    if (word == 0) break;
    end += 1 + word;
  }
  return end;
}

// The size of `a1`, `b1` or `rc1` at the start; 0: there is none.
std::size_t tag_size(std::string_view text) {
  for (std::string_view tag : {"a", "b", "rc"}) {
    if (!text.starts_with(tag)) continue;
    std::size_t number = run(text.substr(tag.size()), is_digit);
    return number == 0 ? 0 : tag.size() + number;
  }
  return 0;
}

std::size_t pre_release_size(std::string_view text) {
  if (!text.starts_with('-')) return tag_size(text);
  std::size_t identifiers = dotted(text.substr(1), is_identifier);
  return identifiers == 0 ? 0 : 1 + identifiers;
}

std::size_t ignored_size(std::string_view text) {
  std::size_t words = text.starts_with('+') ? dotted(text.substr(1), is_ignored) : 0;
  return words == 0 ? 0 : 1 + words;
}

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
  std::size_t end = text.starts_with('v') ? 1 : 0;
  std::size_t numbers = dotted(text.substr(end), is_digit);
  if (numbers == 0) return 0;
  end += numbers;
  end += pre_release_size(text.substr(end));
  return end + ignored_size(text.substr(end));
}

std::optional<VersionText> VersionText::of(std::string_view text) {
  if (text.starts_with('v')) text.remove_prefix(1);
  std::size_t numbers = dotted(text, is_digit);
  std::string_view rest = text.substr(numbers);
  std::size_t before = pre_release_size(rest);
  bool whole = numbers != 0 && before + ignored_size(rest.substr(before)) == rest.size();
  if (!whole) return std::nullopt;
  return VersionText(text.substr(0, numbers), rest.substr(0, before));
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
