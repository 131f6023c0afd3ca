#pragma once
// The tokens of a predicate's text.

#include <reg/json.h>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace reg::ast {

// A Name is a whole path, `a.b`, with its back-ticks; keywords are names too.
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
  Token name_or_version();
  Token version();
  Token name();
  std::size_t segment_end(std::size_t at) const;
  std::size_t back_ticks_end(std::size_t at) const;
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
// The segments of a Name token.
std::vector<std::string> name_keys(std::string_view name);

bool is_identifier(std::string_view text);
// A name that stands for something in the grammar, so that it cannot be a path's first part or a
// predicate's name. `and`, `or` and `not` are among them, which lets each be answered with the sign
// to use instead.
bool is_keyword(std::string_view name);
// An identifier that is a version literal: `v2`, `v2rc1`.
bool is_version_literal(std::string_view identifier);

}  // namespace reg::ast
