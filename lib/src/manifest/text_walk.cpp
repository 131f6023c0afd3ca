#include <manifest/text_walk.h>
#include <algorithm>
#include <charconv>

namespace reg {

namespace {

// The offset of the quote that closes a string whose text begins at `from`.
std::size_t closing_quote(std::string_view text, std::size_t from) {
  for (std::size_t quote = text.find('"', from); quote != std::string_view::npos;
       quote = text.find('"', quote + 1)) {
    std::size_t backslashes = 0;
    while (quote - backslashes > from && text[quote - backslashes - 1] == '\\') ++backslashes;
    if (backslashes % 2 == 0) return quote;
  }
  return std::string_view::npos;
}

}  // namespace

std::string_view TextWalk::take_first(std::size_t size) {
  std::string_view taken = rest_.substr(0, size);
  rest_.remove_prefix(size);
  return taken;
}

bool TextWalk::take(std::string_view literal) {
  if (!rest_.starts_with(literal)) return false;
  rest_.remove_prefix(literal.size());
  return true;
}

std::optional<std::string_view> TextWalk::string() {
  std::size_t quote = closing_quote(rest_, 0);
  if (quote == std::string_view::npos) return std::nullopt;
  std::string_view text = take_first(quote);
  rest_.remove_prefix(1);
  return text;
}

std::optional<std::string_view> TextWalk::object() {
  return rest_.starts_with('{') ? container() : std::nullopt;
}

std::optional<std::string_view> TextWalk::value() {
  if (rest_.empty()) return std::nullopt;
  if (rest_.front() == '{' || rest_.front() == '[') return container();
  if (rest_.front() != '"') return take_first(std::min(rest_.find_first_of(",]}"), rest_.size()));
  std::size_t quote = closing_quote(rest_, 1);
  if (quote == std::string_view::npos) return std::nullopt;
  return take_first(quote + 1);
}

std::optional<std::string_view> TextWalk::container() {
  std::size_t depth = 0;
  for (std::size_t at = 0; at < rest_.size(); ++at) {
    char c = rest_[at];
    if (c == '{' || c == '[') ++depth;
    if ((c == '}' || c == ']') && --depth == 0) return take_first(at + 1);
    if (c != '"') continue;
    at = closing_quote(rest_, at + 1);
    if (at == std::string_view::npos) break;
  }
  return std::nullopt;
}

std::optional<std::uint64_t> TextWalk::number() {
  std::uint64_t value = 0;
  auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
  auto digits = static_cast<std::size_t>(end - rest_.data());
  if (error != std::errc() || (digits > 1 && rest_.front() == '0')) return std::nullopt;
  rest_.remove_prefix(digits);
  return value;
}

}  // namespace reg
