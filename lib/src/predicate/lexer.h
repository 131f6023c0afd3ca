#pragma once
// The tokens of a predicate's text.

#include <reg/json.h>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace reg::ast {

// A Name is a whole path, `a.b`; keywords are names too.
enum class TokenKind : std::uint8_t {
  End,
  Name,
  Version,
  Number,
  String,
  Open,
  Close,
  OpenList,
  CloseList,
  Comma,
  And,
  Or,
  Not,
  Operator
};

struct Token {
  TokenKind kind = TokenKind::End;
  std::size_t offset = 0;  // bytes from the start of the text
  std::string_view text;
};

// Throws PredicateError where no token can be read. `text` must be valid UTF-8 and outlive the
// lexer.
class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}
  Token next();
  std::string_view text() const { return text_; }

 private:
  std::size_t version_size() const;
  Token name();
  Token number();
  Token string();
  Token symbol();
  std::size_t digits(std::size_t at) const;
  Token take(TokenKind kind, std::size_t size);

  std::string_view text_;
  std::size_t at_ = 0;
};

// The value of a String or Number token. Throw PredicateError for escapes and numbers that have
// none.
Json string_value(std::string_view text, const Token& token);
Json number_value(std::string_view text, const Token& token);

bool is_identifier(std::string_view text);
// A name that stands for something in the grammar, so that it cannot be a path's first part or a
// predicate's name. `and`, `or` and `not` are among them, which lets each be answered with the sign
// to use instead.
bool is_keyword(std::string_view name);

}  // namespace reg::ast
