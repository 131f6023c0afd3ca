#include <predicate/lexer.h>
#include <predicate/places.h>
#include <reg/predicate.h>

namespace reg::ast {
namespace {

std::optional<std::size_t> offset_of_call(std::string_view text, std::size_t number) {
  const auto calls = Predicate::parse(text).calls();
  return number < calls.size() ? std::optional(calls[number].offset) : std::nullopt;
}

// A name is a path unless it is a word of the language, or something is called by it.
std::optional<std::size_t> offset_of_path(std::string_view text, std::size_t number) {
  Lexer lexer(text);
  for (Token token = lexer.next(), next; token.kind != TokenKind::End; token = next) {
    next = lexer.next();
    const bool path =
        token.kind == TokenKind::Name && next.kind != TokenKind::Open && !is_keyword(token.text);
    if (path && number-- == 0) return token.offset;
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::size_t> offset_of(std::string_view text, PartNumber part) {
  try {
    return part.kind == PartNumber::Kind::Call ? offset_of_call(text, part.number)
                                               : offset_of_path(text, part.number);
  } catch (const PredicateError&) {
    return std::nullopt;
  }
}

}  // namespace reg::ast
