#pragma once
/// @file plugin/check.hpp
/// What is wrong with a declaration, found while it is compiled.

#include <array>
#include <cstddef>
#include <reg/plugin/decimal.hpp>
#include <reg/plugin/grammar.hpp>
#include <reg/plugin/names.hpp>
#include <reg/plugin/value.hpp>
#include <string_view>

namespace reg::plugin {

/// The first thing that is wrong; without a member: nothing is.
struct Finding {
  std::string_view member = {};  ///< of the declaration: `select`
  std::string_view text = {};    ///< that `problem.offset` counts in; empty: the place says nothing
  grammar::Problem problem = {};

  [[nodiscard]] constexpr bool is_one() const { return !member.empty(); }
};

constexpr const Finding& first_of(const Finding& a, const Finding& b, const Finding& c) {
  return a.is_one() ? a : b.is_one() ? b : c;
}

/// What a predicate becomes where only its grammar counts (grammar.hpp).
class GrammarCheck {
 public:
  // Compilers nest calls only so deep.
  static constexpr std::size_t max_depth = 50;
  static constexpr std::string_view too_deep =
      "nested deeper than 50 levels, the most in a declaration";

  enum class Operand : unsigned char { Path, Number, Other };
  struct Expression {};
  struct Expressions {};
  struct List {};
  struct Operands {
    std::size_t size = 0;
    Operand first = Operand::Other;
  };
  struct MaybeNumber {
    bool in_range;
    constexpr explicit operator bool() const { return in_range; }
    constexpr Operand operator*() const { return Operand::Number; }
  };

  /// The first problem.
  [[nodiscard]] constexpr const grammar::Problem& problem() const { return problem_; }
  /// The first path that goes into `self`; without a text: none does.
  [[nodiscard]] constexpr const grammar::Token& self() const { return self_; }

  constexpr void refuse(const grammar::Problem& problem) { problem_ = problem; }

  static constexpr void add(Expressions&, Expression) {}
  static constexpr Expression disjunction(Expressions) { return {}; }
  static constexpr Expression conjunction(Expressions) { return {}; }
  static constexpr Expression negation(Expression) { return {}; }
  static constexpr Expression bare(Operand) { return {}; }
  static constexpr Expression comparison(Operand, std::string_view, Operand) { return {}; }
  static constexpr Expression call(const grammar::Token&, Operands) { return {}; }
  static constexpr Expression presence(Operands) { return {}; }
  static constexpr Expression rank(Operands) { return {}; }

  static constexpr void add(Operands& operands, Operand operand) {
    if (operands.size++ == 0) operands.first = operand;
  }
  static constexpr bool is_none(Operands operands) { return operands.size == 0; }
  static constexpr bool is_path(Operands operands) {
    return operands.size == 1 && operands.first == Operand::Path;
  }
  static constexpr bool is_number(Operands operands) {
    return operands.size == 1 && operands.first == Operand::Number;
  }

  constexpr Operand path(const grammar::Token& name, grammar::PathScope scope, std::string_view) {
    if (scope == grammar::PathScope::Self && self_.text.empty()) self_ = name;
    return Operand::Path;
  }
  static constexpr Operand version(std::string_view) { return Operand::Other; }
  static constexpr Operand string(std::string_view) { return Operand::Other; }
  static constexpr Operand constant(std::string_view) { return Operand::Other; }
  static constexpr MaybeNumber number(std::string_view token) {
    return {grammar::NumberText(token).is_in_range()};
  }

  static constexpr List list() { return {}; }
  static constexpr void add(List&, Operand) {}
  static constexpr Operand literal(List) { return Operand::Other; }

 private:
  grammar::Problem problem_ = {};
  grammar::Token self_ = {};
};

/// The longest predicate in a declaration, in bytes: one of any kind is checked before a compiler
/// gives up, and its canonical text is never longer than the library takes.
inline constexpr std::size_t longest_predicate = 2048;

enum class SelfPaths : unsigned char { Allowed, Refused };

/// What `Predicate::parse` would throw for a text, and that it is too long for a declaration.
constexpr grammar::Problem predicate_problem(std::string_view text,
                                             SelfPaths self = SelfPaths::Allowed) {
  if (text.size() > longest_predicate)
    return {.offset = longest_predicate,
            .what = "longer than 2048 bytes, the most in a declaration"};
  const std::size_t valid = grammar::utf8_prefix(text);
  if (valid != text.size()) return {.offset = valid, .what = "not valid UTF-8"};
  GrammarCheck check;
  grammar::Grammar(text, check).predicate();
  if (check.problem().is_one() || self == SelfPaths::Allowed || check.self().text.empty())
    return check.problem();
  return {.offset = check.self().offset,
          .what = "a `when` cannot read ",
          .piece = check.self().text,
          .after = ": there is no candidate yet",
          .hint = "it is evaluated with what [facts] and --define say"};
}
static_assert(longest_predicate == 2048 && longest_predicate <= grammar::max_text / 8);

/// A name that cannot be one, with the reason.
constexpr Finding name_finding(std::string_view member, std::string_view name,
                               std::string_view problem) {
  if (problem.empty()) return {};
  if (name.empty()) return {member, {}, {.what = problem}};
  return {member, {}, {.what = problem, .hint = "it is ", .name = name}};
}

/// Why what was given is not what the text says.
constexpr Finding cut_finding(std::string_view member, const DeclaredText& text) {
  if (!text.is_cut()) return {};
  return {member, {}, {.what = "a NUL ends the text ", .piece = text.view()}};
}

constexpr Finding predicate_finding(std::string_view member, const DeclaredText& text,
                                    SelfPaths self) {
  if (!text.is_given() || text.is_cut()) return cut_finding(member, text);
  const grammar::Problem problem = predicate_problem(text.view(), self);
  return problem.is_one() ? Finding{member, text.view(), problem} : Finding{};
}

constexpr Finding members_finding(std::string_view field, std::initializer_list<Member> members);

/// What is wrong with the value of a field of info.
constexpr Finding value_finding(std::string_view field, const Value& value) {
  auto wrong = [field](std::string_view what, std::string_view hint) {
    return Finding{
        "info", {}, {.what = "the value of ", .piece = field, .after = what, .hint = hint}};
  };
  switch (value.kind) {
    case Value::Kind::Real:
      if (!grammar::is_finite(value.real))
        return wrong(" is no number of JSON", "infinity and NaN have none");
      return {};
    case Value::Kind::Text:
      if (value.text.is_cut()) return wrong(" has a NUL in it, which ends the text", {});
      if (grammar::utf8_prefix(value.text.view()) != value.text.view().size())
        return wrong(" is not valid UTF-8", {});
      return {};
    case Value::Kind::List:
      if (looks_like_object(value))
        return wrong(" may be an object or a list", "write reg::Object{...} or reg::List{...}");
      for (const Value& item : value.items) {
        if (const Finding found = value_finding(field, item); found.is_one()) return found;
      }
      return {};
    case Value::Kind::Object:
      return members_finding(field, value.members);
    default:
      return {};
  }
}

constexpr Finding members_finding(std::string_view field, std::initializer_list<Member> members) {
  for (const Member& member : members) {
    const std::string_view key = member.key.view();
    if (member.key.is_cut()) return cut_finding("info", member.key);
    if (grammar::utf8_prefix(key) != key.size())
      return {"info", {}, {.what = "a key is not valid UTF-8"}};
    for (const Member* before = members.begin(); before != &member; ++before) {
      if (before->key.view() == key)
        return {"info", {}, {.what = "the key ", .piece = key, .after = " stands there twice"}};
    }
    const std::string_view of = field.empty() ? key : field;
    if (const Finding found = value_finding(of, member.value); found.is_one()) return found;
  }
  return {};
}

/// How much there is in a value.
struct ValueSize {
  std::size_t values = 0;
  std::size_t bytes = 0;  ///< of texts and keys

  constexpr void add(const Value& value) {
    ++values;
    bytes += value.text.view().size();
    for (const Value& item : value.items) add(item);
    add(value.members);
  }
  constexpr void add(std::initializer_list<Member> members) {
    for (const Member& member : members) {
      bytes += member.key.view().size();
      add(member.value);
    }
  }
};

/// The most that a declaration may have in its info, which compilers can still work out.
inline constexpr ValueSize most_info{128, std::size_t{8} * 1024};

static_assert(most_info.values == 128 && most_info.bytes == 8192);

constexpr Finding info_finding(std::initializer_list<Member> info) {
  ValueSize size;
  size.add(info);
  if (size.values > most_info.values)
    return {"info", {}, {.what = "more than 128 values, the most in a declaration"}};
  if (size.bytes > most_info.bytes)
    return {"info", {}, {.what = "more than 8192 bytes of texts, the most in a declaration"}};
  for (const Member& field : info) {
    const std::string_view key = field.key.view();
    const Finding found = name_finding("info", key, grammar::field_problem(key));
    if (found.is_one()) return found;
  }
  return members_finding({}, info);
}

}  // namespace reg::plugin
