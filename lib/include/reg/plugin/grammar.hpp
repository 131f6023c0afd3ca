#pragma once
/// @file plugin/grammar.hpp
/// The grammar of predicates (reg/predicate.h), one function a rule, for compilers and for the
/// library alike: what the texts become is up to a *build*, which the library makes a tree with and
/// REG_SYMBOL nothing at all.

#include <cstddef>
#include <reg/plugin/scan.hpp>
#include <reg/plugin/tokens.hpp>
#include <string_view>
#include <utility>

namespace reg::grammar {

/// The deepest nesting, and the longest text in bytes, of a predicate.
inline constexpr std::size_t max_depth = 200;
inline constexpr std::size_t max_text = std::size_t{64} * 1024;

enum class PathScope : unsigned char { Context, Self };

/// Recursive descent. A build has `max_depth` and `too_deep`, what is wrong with more, the types
/// `Expression`, `Expressions`, `Operand`, `Operands`, `List`, a function for each thing that a
/// text can hold, and `refuse(Problem)`, which throws or keeps the first problem. If it does not
/// throw, the rest of the text is read as its end, and what comes out means nothing.
template <typename Build>
class Grammar {
 public:
  using Expression = typename Build::Expression;
  using Operand = typename Build::Operand;
  using Operands = typename Build::Operands;

  /// `text` must be valid UTF-8.
  constexpr Grammar(std::string_view text, Build& build) : lexer_(text), build_(build) { read(); }

  constexpr Expression predicate() {
    if (at(TokenKind::End)) fail("a predicate cannot be empty", "yes() always applies");
    Expression all = disjunction();
    if (!at(TokenKind::End)) fail_behind_operand("expected \"&\", \"|\" or the end, found ");
    return all;
  }

  /// A path of the context, and nothing else.
  constexpr Operand path_alone() {
    if (!at(TokenKind::Name) || is_keyword(token_.text)) fail_found("expected a path, found ");
    const Token name = advance();
    if (name.text.starts_with("self."sv)) {
      if (!at(TokenKind::End)) fail_found("expected the end of the path, found ");
      fail({.offset = name.offset,
            .what = "\"self\" begins no path of a fact",
            .hint = "write `self` in back-ticks"});
    }
    Operand path = this->path(name);
    if (!at(TokenKind::End)) fail_found("expected the end of the path, found ");
    return path;
  }

 private:
  // Counts a level of nesting for as long as it lives.
  class Level {
   public:
    constexpr explicit Level(Grammar& grammar) : depth_(grammar.depth_) {
      if (++depth_ > Build::max_depth) grammar.fail(Build::too_deep);
    }
    constexpr ~Level() { --depth_; }
    Level(const Level&) = delete;
    Level& operator=(const Level&) = delete;

   private:
    std::size_t& depth_;
  };

  [[nodiscard]] constexpr bool at(TokenKind kind) const { return token_.kind == kind; }
  [[nodiscard]] constexpr bool at_name(std::string_view name) const {
    return at(TokenKind::Name) && token_.text == name;
  }
  [[nodiscard]] constexpr bool at_operator() const {
    return at(TokenKind::Operator) || at_name("in"sv) || at_name("glob"sv);
  }
  [[nodiscard]] constexpr bool at_literal() const {
    switch (token_.kind) {
      case TokenKind::Version:
      case TokenKind::Number:
      case TokenKind::String:
      case TokenKind::OpenList:
        return true;
      default:
        return at_name("true"sv) || at_name("false"sv) || at_name("null"sv);
    }
  }

  constexpr void read() {
    if (refused_) return;
    token_ = lexer_.next();
    if (at(TokenKind::Wrong)) fail(lexer_.problem());
  }
  constexpr Token advance() {
    const Token taken = token_;
    previous_ = taken.text;
    read();
    return taken;
  }
  // What a text that `fail_found` is given ends with.
  static constexpr std::string_view found_ = ", found ";

  constexpr void close(const Token& open, TokenKind kind, std::string_view expected) {
    if (at(TokenKind::End))
      fail({.offset = open.offset, .what = "unclosed ", .piece = open.text});
    else if (!at(kind))
      fail_found(expected);
    advance();
  }

  constexpr Expression disjunction() {
    return joined(TokenKind::Or, &Grammar::conjunction,
                  [this](auto&& parts) { return build_.disjunction(std::move(parts)); });
  }
  constexpr Expression conjunction() {
    return joined(TokenKind::And, &Grammar::unary,
                  [this](auto&& parts) { return build_.conjunction(std::move(parts)); });
  }
  template <typename Join>
  constexpr Expression joined(TokenKind sign, Expression (Grammar::*next)(), Join join) {
    Expression first = (this->*next)();
    if (!at(sign)) return first;
    typename Build::Expressions parts;
    build_.add(parts, std::move(first));
    while (at(sign)) {
      advance();
      build_.add(parts, (this->*next)());
    }
    return join(std::move(parts));
  }

  constexpr Expression unary() {
    if (!at(TokenKind::Not)) return atom();
    const Level level(*this);
    advance();
    return build_.negation(unary());
  }

  constexpr Expression atom() {
    if (at(TokenKind::Open)) return parenthesized();
    if (!at(TokenKind::Name) || is_keyword(token_.text)) return comparison(operand());
    const Token name = advance();
    return at(TokenKind::Open) ? call(name) : comparison(path(name));
  }

  constexpr Expression parenthesized() {
    const Level level(*this);
    const Token open = advance();
    Expression inner = disjunction();
    if (!at(TokenKind::Close) && !at(TokenKind::End))
      fail_behind_operand("expected \"&\", \"|\" or \")\", found ");
    close(open, TokenKind::Close, {});
    return inner;
  }

  constexpr Expression comparison(Operand left) {
    if (!at_operator()) return build_.bare(std::move(left));
    const Token sign = advance();
    return build_.comparison(std::move(left), sign.text, operand());
  }

  constexpr Expression call(const Token& name) {
    if (name.text == "has"sv) return presence(name);
    if (name.text == "yes"sv) return rank(name);
    if (name.text == "self"sv) fail(name, "no predicate can be named \"self\"");
    if (name.text.find('`') != name.text.npos)
      fail(name, "a predicate's name stands in no back-ticks");
    if (name.text.find('.') != name.text.npos) fail(name, "a predicate's name has no \".\"");
    Operands given = arguments();
    return build_.call(name, std::move(given));
  }

  constexpr Operands arguments() {
    Operands operands;
    const Token open = advance();
    if (!at(TokenKind::Close)) build_.add(operands, operand());
    while (at(TokenKind::Comma)) {
      advance();
      build_.add(operands, operand());
    }
    close(open, TokenKind::Close, "expected \",\" or \")\", found ");
    return operands;
  }

  // has(path)
  constexpr Expression presence(const Token& name) {
    Operands operands = arguments();
    if (!build_.is_path(operands)) fail(name, "has() takes one path", "write has(device)");
    return build_.presence(std::move(operands));
  }

  // yes(), yes(number) or yes(path)
  constexpr Expression rank(const Token& name) {
    Operands operands = arguments();
    if (!build_.is_none(operands) && !build_.is_path(operands) && !build_.is_number(operands))
      fail(name, "yes() takes one number or one path", "write yes(2) or yes(self.rank)");
    return build_.rank(std::move(operands));
  }

  constexpr Operand operand() {
    if (at_literal()) return literal();
    if (!at(TokenKind::Name) || is_keyword(token_.text)) fail_for_operand();
    return path(advance());
  }

  constexpr Operand path(const Token& name) {
    const std::string_view text = name.text;
    if (text == "self"sv) {
      fail(name, "\"self\" needs a field",
           "write self.field for a value of the candidate's own info");
    }
    if (text.starts_with("self."sv)) return build_.path(name, PathScope::Self, text.substr(5));
    const std::string_view first = text.substr(0, text.find('.'));
    if (first.size() != text.size() && is_keyword(first)) {
      fail({name.offset,
            {},
            first,
            " has a meaning of its own, and begins no path",
            "write ",
            first,
            for_a_fact});
    }
    return build_.path(name, PathScope::Context, text);
  }

  constexpr Operand literal() {
    if (at(TokenKind::OpenList)) return list();
    const Token token = advance();
    switch (token.kind) {
      case TokenKind::Version:
        return build_.version(token.text.substr(1));
      case TokenKind::Number:
        return number(token);
      case TokenKind::String:
        if (const Escapes escapes(token); escapes.problem().is_one()) fail(escapes.problem());
        return build_.string(token.text.substr(1, token.text.size() - 2));
      default:
        return build_.constant(token.text);
    }
  }

  constexpr Operand number(const Token& token) {
    auto value = build_.number(token.text);
    if (!value) fail(token, "a number out of range");
    return *std::move(value);
  }

  constexpr Operand list() {
    const Level level(*this);
    const Token open = advance();
    typename Build::List elements = build_.list();
    while (!at(TokenKind::CloseList) && !at(TokenKind::End)) {
      if (!at_literal())
        fail_found("a list holds literals only, found ",
                   at(TokenKind::Name) ? "text stands in quotes" : "");
      build_.add(elements, literal());
      if (!at(TokenKind::Comma)) break;
      advance();
    }
    close(open, TokenKind::CloseList, "expected \",\" or \"]\", found ");
    return build_.literal(std::move(elements));
  }

  // What is wrong, first of all; then nothing more is read.
  constexpr void fail(const Problem& problem) {
    if (refused_) return;
    build_.refuse(problem);
    refused_ = true;
    token_ = {};
  }
  constexpr void fail(std::string_view what, std::string_view hint = {}) {
    fail({.offset = token_.offset, .what = what, .hint = hint});
  }
  constexpr void fail(const Token& place, std::string_view what, std::string_view hint = {}) {
    fail({.offset = place.offset, .what = what, .hint = hint});
  }
  constexpr void fail_found(std::string_view what, std::string_view hint = {}) {
    if (at(TokenKind::End)) return fail(what.substr(0, what.rfind(found_)), hint);
    std::string_view found = token_.text.substr(0, 40);
    found = found.substr(0, utf8_prefix(found));
    fail({token_.offset, what, found, {}, hint});
  }
  constexpr void fail_for_operand() {
    if (const std::string_view sign = sign_for_word(); !sign.empty())
      return fail_found("expected an operand, found ", sign);
    if (at_operator()) return fail_at("expected an operand before ", token_.text);
    if (previous_.empty()) return fail_found("expected an operand, found ");
    fail_at("expected an operand after ", previous_);
  }
  constexpr void fail_at(std::string_view what, std::string_view piece) {
    fail({.offset = token_.offset, .what = what, .piece = piece});
  }
  constexpr void fail_behind_operand(std::string_view expected) {
    if (at_operator()) {
      return fail_found("a comparison has two operands, found ",
                        "calls and comparisons are joined with \"&\", not compared");
    }
    if (at(TokenKind::Close)) return fail("\")\" closes nothing");
    fail_found(expected, sign_for_word());
  }
  // `and` where `&` is meant.
  [[nodiscard]] constexpr std::string_view sign_for_word() const {
    if (at_name("and"sv)) return "write \"&\" for and";
    if (at_name("or"sv)) return "write \"|\" for or";
    if (at_name("not"sv)) return "write \"~\" for not";
    return {};
  }

  Lexer lexer_;
  Build& build_;
  Token token_;                // the next one
  std::string_view previous_;  // the one before it
  std::size_t depth_ = 0;
  bool refused_ = false;
};

}  // namespace reg::grammar
