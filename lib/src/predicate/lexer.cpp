#include <predicate/lexer.h>
#include <reg/error.h>
#include <reg/text.h>
#include <text/json_text.h>
#include <text/kept_number.h>
#include <charconv>

namespace reg::ast {

void refuse(std::string_view text, const grammar::Problem& problem) {
  std::string message(problem.what), hint(problem.hint);
  if (!problem.piece.empty()) message += in_quotes(problem.piece);
  message += problem.after;
  if (!problem.name.empty()) hint += '`' + std::string(problem.name) + '`';
  hint += problem.hint_end;
  throw PredicateError(message, std::string(text), problem.offset, std::move(hint));
}

Token Lexer::next() {
  Token token = lexer_.next();
  if (token.kind == TokenKind::Wrong) refuse(lexer_.text(), lexer_.problem());
  return token;
}

std::string string_value(std::string_view content) {
  return content.find('\\') == std::string_view::npos ? std::string(content) : unescape(content);
}

namespace {

// Whether the whole token is a number of that type.
template <typename Number>
bool reads_as(std::string_view token, Number& number) {
  auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), number);
  return error == std::errc() && end == token.data() + token.size();
}

}  // namespace

std::optional<Json> number_value(std::string_view token) {
  std::uint64_t natural = 0;
  if (reads_as(token, natural)) return natural;
  std::int64_t integer = 0;
  if (reads_as(token, integer)) return integer;
  double number = 0;
  if (!reads_as(token, number)) return std::nullopt;
  return number_of(token, number);
}

std::vector<std::string> name_keys(std::string_view name) {
  std::vector<std::string> keys(1);
  bool quoted = false;
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (quoted && name.substr(i, 2) == "``") {
      keys.back() += name[i++];
    } else if (name[i] == '`') {
      quoted = !quoted;
    } else if (name[i] == '.' && !quoted) {
      keys.emplace_back();
    } else {
      keys.back() += name[i];
    }
  }
  return keys;
}

}  // namespace reg::ast
