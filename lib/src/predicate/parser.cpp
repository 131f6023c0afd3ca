// Recursive descent over the grammar in reg/predicate.h, one function a rule.

#include <predicate/lexer.h>
#include <predicate/node.h>
#include <predicate/print.h>
#include <predicate/value.h>
#include <text/json_text.h>
#include <algorithm>

namespace reg {
namespace {

using namespace ast;

class Parser {
 public:
  explicit Parser(std::string_view text) : lexer_(text) { token_ = lexer_.next(); }

  Predicate parse() {
    if (at(TokenKind::End)) fail("a predicate cannot be empty", "yes() always applies");
    Predicate predicate = disjunction();
    if (!at(TokenKind::End)) fail_behind_operand("the end");
    return predicate;
  }

  // A path of the context, and nothing else.
  std::vector<std::string> parse_path() {
    if (!at(TokenKind::Name) || is_keyword(token_.text)) fail("expected a path" + found());
    Token name = advance();
    Path path = this->path(name);
    if (!at(TokenKind::End)) fail("expected the end of the path" + found());
    if (path.scope == Scope::Self)
      fail_at(name.offset, "\"self\" begins no path of a fact", "write `self` in back-ticks");
    return std::move(path.keys);
  }

 private:
  // Counts a level of nesting for as long as it lives.
  class Level {
   public:
    explicit Level(Parser& parser) : depth_(parser.depth_) {
      if (++depth_ > Predicate::max_depth) {
        parser.fail("nested deeper than " + std::to_string(Predicate::max_depth) + " levels");
      }
    }
    ~Level() { --depth_; }
    Level(const Level&) = delete;
    Level& operator=(const Level&) = delete;

   private:
    std::size_t& depth_;
  };

  template <typename Joined>
  Predicate joined(TokenKind sign, Predicate (Parser::*next)());
  Predicate disjunction() { return joined<Disjunction>(TokenKind::Or, &Parser::conjunction); }
  Predicate conjunction() { return joined<Conjunction>(TokenKind::And, &Parser::unary); }
  Predicate unary();
  Predicate atom();
  Predicate parenthesized();
  Predicate comparison(Operand left);
  Predicate call(const Token& name);
  Predicate presence(const Token& name);
  Predicate rank(const Token& name);
  std::vector<Operand> arguments(const Token& open);

  Operand operand();
  Path path(const Token& name);
  Literal literal();
  Literal list();
  bool at_literal() const;
  std::optional<Operator> operator_here() const;

  bool at(TokenKind kind) const { return token_.kind == kind; }
  bool at_name(std::string_view name) const { return at(TokenKind::Name) && token_.text == name; }
  Token advance();
  void close(const Token& open, TokenKind kind, std::string_view expected);

  [[noreturn]] void fail(const std::string& message, std::string hint = {}) const {
    fail_at(token_.offset, message, std::move(hint));
  }
  [[noreturn]] void fail_at(std::size_t offset, const std::string& message,
                            std::string hint = {}) const {
    throw PredicateError(message, std::string(lexer_.text()), offset, std::move(hint));
  }
  [[noreturn]] void fail_for_operand() const;
  [[noreturn]] void fail_behind_operand(std::string_view end) const;
  std::string found() const;

  Lexer lexer_;
  Token token_;                // the next one
  std::string_view previous_;  // the one before it
  std::size_t depth_ = 0;
};

// `and` where `&` is meant.
std::string sign_for(std::string_view word) {
  if (word == "and") return "write \"&\" for and";
  if (word == "or") return "write \"|\" for or";
  if (word == "not") return "write \"~\" for not";
  return {};
}

Token Parser::advance() {
  Token taken = token_;
  previous_ = taken.text;
  token_ = lexer_.next();
  return taken;
}

std::string Parser::found() const {
  if (at(TokenKind::End)) return {};
  std::string_view text = token_.text.substr(0, 40);
  return ", found " + in_quotes(text.substr(0, valid_utf8_prefix(text)));
}

void Parser::fail_for_operand() const {
  if (auto sign = sign_for(token_.text); !sign.empty() && at(TokenKind::Name)) {
    fail("expected an operand" + found(), sign);
  }
  if (operator_here()) fail("expected an operand before " + in_quotes(token_.text));
  if (previous_.empty()) fail("expected an operand" + found());
  fail("expected an operand after " + in_quotes(previous_));
}

void Parser::fail_behind_operand(std::string_view end) const {
  if (operator_here()) {
    fail("a comparison has two operands" + found(),
         "calls and comparisons are joined with \"&\", not compared");
  }
  std::string hint = at(TokenKind::Name) ? sign_for(token_.text) : std::string();
  if (at(TokenKind::Close)) fail("\")\" closes nothing");
  fail("expected \"&\", \"|\" or " + std::string(end) + found(), hint);
}

template <typename Joined>
Predicate Parser::joined(TokenKind sign, Predicate (Parser::*next)()) {
  Predicate first = (this->*next)();
  if (!at(sign)) return first;
  std::vector<Predicate> parts{std::move(first)};
  while (at(sign)) {
    advance();
    parts.push_back((this->*next)());
  }
  return join<Joined>(std::move(parts));
}

Predicate Parser::unary() {
  if (!at(TokenKind::Not)) return atom();
  Level level(*this);
  advance();
  return make(Negation{unary()});
}

Predicate Parser::atom() {
  if (at(TokenKind::Open)) return parenthesized();
  if (!at(TokenKind::Name) || is_keyword(token_.text)) return comparison(operand());
  Token name = advance();
  return at(TokenKind::Open) ? call(name) : comparison(path(name));
}

Predicate Parser::parenthesized() {
  Level level(*this);
  Token open = advance();
  Predicate inner = disjunction();
  if (!at(TokenKind::Close) && !at(TokenKind::End)) fail_behind_operand("\")\"");
  close(open, TokenKind::Close, "\")\"");
  return inner;
}

std::optional<Operator> Parser::operator_here() const {
  if (!at(TokenKind::Operator) && !at_name("in") && !at_name("glob")) return std::nullopt;
  for (Operator op : {Operator::Equal, Operator::NotEqual, Operator::Less, Operator::LessEqual,
                      Operator::Greater, Operator::GreaterEqual, Operator::In, Operator::Glob}) {
    if (token_.text == to_string(op)) return op;
  }
  return std::nullopt;
}

Predicate Parser::comparison(Operand left) {
  std::optional<Operator> op = operator_here();
  if (!op) return make(Bare{std::move(left)});
  advance();
  return make(Comparison{std::move(left), *op, operand()});
}

Predicate Parser::call(const Token& name) {
  if (name.text == "has") return presence(name);
  if (name.text == "yes") return rank(name);
  if (name.text == "self") fail_at(name.offset, "no predicate can be named \"self\"");
  if (name.text.find('`') != std::string_view::npos) {
    fail_at(name.offset, "a predicate's name stands in no back-ticks");
  }
  if (name.text.find('.') != std::string_view::npos) {
    fail_at(name.offset, "a predicate's name has no \".\"");
  }
  Token open = token_;
  return make(Call{std::string(name.text), arguments(open), name.offset});
}

std::vector<Operand> Parser::arguments(const Token& open) {
  std::vector<Operand> operands;
  advance();
  if (!at(TokenKind::Close)) operands.push_back(operand());
  while (at(TokenKind::Comma)) {
    advance();
    operands.push_back(operand());
  }
  close(open, TokenKind::Close, "\",\" or \")\"");
  return operands;
}

// has(path)
Predicate Parser::presence(const Token& name) {
  std::vector<Operand> operands = arguments(token_);
  if (operands.size() != 1 || !std::holds_alternative<Path>(operands.front())) {
    fail_at(name.offset, "has() takes one path", "write has(device)");
  }
  return make(Presence{std::get<Path>(std::move(operands.front()))});
}

// yes(), yes(number) or yes(path)
Predicate Parser::rank(const Token& name) {
  std::vector<Operand> operands = arguments(token_);
  if (operands.empty()) return make(Rank{Literal{0.5}});
  const auto* value = std::get_if<Literal>(&operands.front());
  if (operands.size() != 1 || (value != nullptr && !is_number(value->value))) {
    fail_at(name.offset, "yes() takes one number or one path", "write yes(2) or yes(self.rank)");
  }
  // No version is met here.
  if (value != nullptr) return make(Rank{Literal{plain_numbers(value->value)}});
  return make(Rank{std::move(operands.front())});
}

Operand Parser::operand() {
  if (at_literal()) return literal();
  if (!at(TokenKind::Name) || is_keyword(token_.text)) fail_for_operand();
  return path(advance());
}

Path Parser::path(const Token& name) {
  if (name.text == "self") {
    fail_at(name.offset, "\"self\" needs a field",
            "write self.field for a value of the candidate's own info");
  }
  if (is_identifier(name.text)) return {Scope::Context, {std::string(name.text)}};
  if (name.text.starts_with("self.")) return {Scope::Self, name_keys(name.text.substr(5))};
  std::string first(name.text.substr(0, name.text.find('.')));
  if (is_keyword(first)) {
    fail_at(name.offset, '"' + first + "\" has a meaning of its own, and begins no path",
            "write `" + first + "` for a fact of that name");
  }
  return {Scope::Context, name_keys(name.text)};
}

bool Parser::at_literal() const {
  switch (token_.kind) {
    case TokenKind::Version:
    case TokenKind::Number:
    case TokenKind::String:
    case TokenKind::OpenList:
      return true;
    default:
      return at_name("true") || at_name("false") || at_name("null");
  }
}

Literal Parser::literal() {
  if (at(TokenKind::OpenList)) return list();
  Token token = advance();
  switch (token.kind) {
    case TokenKind::Version:
      return {make_version(token.text.substr(1))};
    case TokenKind::Number:
      return {number_value(lexer_.text(), token)};
    case TokenKind::String:
      return {string_value(lexer_.text(), token)};
    default:
      return {token.text == "null" ? Json() : Json(token.text == "true")};
  }
}

Literal Parser::list() {
  Level level(*this);
  Token open = advance();
  Json elements = Json::array();
  while (!at(TokenKind::CloseList) && !at(TokenKind::End)) {
    if (!at_literal()) {
      fail("a list holds literals only" + found(),
           at(TokenKind::Name) ? "text stands in quotes" : "");
    }
    elements.push_back(literal().value);
    if (!at(TokenKind::Comma)) break;
    advance();
  }
  close(open, TokenKind::CloseList, "\",\" or \"]\"");
  return {std::move(elements)};
}

void Parser::close(const Token& open, TokenKind kind, std::string_view expected) {
  if (at(TokenKind::End)) fail_at(open.offset, "unclosed " + in_quotes(open.text));
  if (!at(kind)) fail("expected " + std::string(expected) + found());
  advance();
}

// `text` without the rest of a code point that its end has cut in two.
std::string_view whole(std::string_view text) { return text.substr(0, valid_utf8_prefix(text)); }

void check_text(std::string_view text) {
  std::size_t valid = valid_utf8_prefix(text);
  if (valid != text.size()) {
    throw PredicateError("not valid UTF-8",
                         std::string(text.substr(0, std::min(valid, Predicate::max_text))), valid);
  }
  if (text.size() > Predicate::max_text) {
    throw PredicateError("longer than " + std::to_string(Predicate::max_text) + " bytes",
                         std::string(whole(text.substr(0, Predicate::max_text))),
                         Predicate::max_text);
  }
}

// A blank that is added or a character that is escaped can make the canonical text longer, but not
// eight times.
void check_printed(std::string_view text, const Predicate& predicate) {
  if (text.size() <= Predicate::max_text / 8 || predicate.to_string().size() <= Predicate::max_text)
    return;
  throw PredicateError("longer than " + std::to_string(Predicate::max_text) + " bytes when printed",
                       std::string(text), 0);
}

}  // namespace

std::vector<std::string> parse_path(std::string_view text) {
  check_text(text);
  return Parser(text).parse_path();
}

Predicate Predicate::parse(std::string_view text) {
  check_text(text);
  Predicate predicate = Parser(text).parse();
  check_printed(text, predicate);
  return predicate;
}

}  // namespace reg
