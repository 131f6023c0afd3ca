// The tree that the grammar's texts become.

#include <predicate/lexer.h>
#include <predicate/node.h>
#include <predicate/print.h>
#include <predicate/value.h>
#include <text/json_text.h>
#include <algorithm>
#include <array>
#include <reg/plugin/grammar.hpp>

namespace reg {
namespace {

using namespace ast;

static_assert(Predicate::max_depth == grammar::max_depth);
static_assert(Predicate::max_text == grammar::max_text);

Operator operator_of(std::string_view sign) {
  constexpr std::array operators = {Operator::Equal,     Operator::NotEqual, Operator::Less,
                                    Operator::LessEqual, Operator::Greater,  Operator::GreaterEqual,
                                    Operator::In,        Operator::Glob};
  return *std::find_if(operators.begin(), operators.end(),
                       [sign](Operator op) { return sign == to_string(op); });
}

// What the grammar asks of it: reg/plugin/grammar.hpp.
class TreeBuild {
 public:
  static constexpr std::size_t max_depth = grammar::max_depth;
  static constexpr std::string_view too_deep = "nested deeper than 200 levels";
  static_assert(max_depth == 200);

  using Expression = Predicate;
  using Expressions = std::vector<Predicate>;
  using Operand = ast::Operand;
  using Operands = std::vector<ast::Operand>;
  using List = Json;

  explicit TreeBuild(std::string_view text) : text_(text) {}

  [[noreturn]] void refuse(const grammar::Problem& problem) const { ast::refuse(text_, problem); }

  static void add(Expressions& parts, Predicate part) { parts.push_back(std::move(part)); }
  static Predicate disjunction(Expressions parts) { return join<Disjunction>(std::move(parts)); }
  static Predicate conjunction(Expressions parts) { return join<Conjunction>(std::move(parts)); }
  static Predicate negation(Predicate part) { return make(Negation{std::move(part)}); }
  static Predicate bare(Operand operand) { return make(Bare{std::move(operand)}); }
  static Predicate comparison(Operand left, std::string_view sign, Operand right) {
    return make(Comparison{std::move(left), operator_of(sign), std::move(right)});
  }
  static Predicate call(const Token& name, Operands operands) {
    return make(Call{std::string(name.text), std::move(operands), name.offset});
  }
  static Predicate presence(Operands operands) {
    return make(Presence{std::get<Path>(std::move(operands.front()))});
  }
  static Predicate rank(Operands operands) {
    if (operands.empty()) return make(Rank{Literal{0.5}});
    // No version is met here.
    if (auto* score = std::get_if<Literal>(&operands.front()))
      score->value = plain_numbers(score->value);
    return make(Rank{std::move(operands.front())});
  }

  static void add(Operands& operands, Operand operand) { operands.push_back(std::move(operand)); }
  static bool is_none(const Operands& operands) { return operands.empty(); }
  static bool is_path(const Operands& operands) {
    return operands.size() == 1 && std::holds_alternative<Path>(operands.front());
  }
  static bool is_number(const Operands& operands) {
    return operands.size() == 1 && std::holds_alternative<Literal>(operands.front()) &&
           ast::is_number(std::get<Literal>(operands.front()).value);
  }

  static Operand path(const Token& name, grammar::PathScope scope, std::string_view keys) {
    const Scope from = scope == grammar::PathScope::Self ? Scope::Self : Scope::Context;
    if (is_identifier(name.text)) return Path{from, {std::string(name.text)}};
    return Path{from, name_keys(keys)};
  }
  static Operand version(std::string_view without_v) { return Literal{make_version(without_v)}; }
  static Operand string(std::string_view content) { return Literal{string_value(content)}; }
  static Operand constant(std::string_view name) {
    return Literal{name == "null" ? Json() : Json(name == "true")};
  }
  // Nothing: it is out of range.
  static std::optional<Operand> number(std::string_view token) {
    std::optional<Json> value = number_value(token);
    return value ? std::optional<Operand>(Literal{*std::move(value)}) : std::nullopt;
  }

  static List list() { return Json::array(); }
  static void add(List& elements, Operand element) {
    elements.push_back(std::get<Literal>(std::move(element)).value);
  }
  static Operand literal(List elements) { return Literal{std::move(elements)}; }

 private:
  std::string_view text_;
};

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
  TreeBuild build(text);
  return std::get<Path>(grammar::Grammar(text, build).path_alone()).keys;
}

Predicate Predicate::parse(std::string_view text) {
  check_text(text);
  TreeBuild build(text);
  Predicate predicate = grammar::Grammar(text, build).predicate();
  check_printed(text, predicate);
  return predicate;
}

}  // namespace reg
