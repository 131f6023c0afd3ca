#pragma once
// The tokens of a predicate's text, and what they stand for.

#include <reg/json.h>
#include <optional>
#include <reg/plugin/tokens.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace reg::ast {

using grammar::is_identifier;
using grammar::is_keyword;
using grammar::is_version_literal;
using grammar::Token;
using grammar::TokenKind;

// Throws the PredicateError that says so.
[[noreturn]] void refuse(std::string_view text, const grammar::Problem& problem);

// Throws PredicateError where no token can be read. `text` must be valid UTF-8 and outlive the
// lexer.
class Lexer {
 public:
  explicit Lexer(std::string_view text) : lexer_(text) {}
  Token next();

 private:
  grammar::Lexer lexer_;
};

// The value of a String token, from between its quotes.
std::string string_value(std::string_view content);
// The value of a Number token; nullopt: it is out of range.
std::optional<Json> number_value(std::string_view token);
// The segments of a Name token.
std::vector<std::string> name_keys(std::string_view name);

}  // namespace reg::ast
