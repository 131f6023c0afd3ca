#pragma once
/// @file plugin/message.hpp
/// How a compiler is made to say what is wrong with a declaration: C++20 takes only literals as the
/// text of a static_assert, so the message is put where compilers print values.

#include <cstddef>
#include <reg/plugin/check.hpp>
#include <string_view>

namespace reg::plugin {

/// A text as the value of a template's argument: GCC writes it out.
struct Message {
  // Public, as all of a template's argument must be.
  char text[512] = {};
  std::size_t size = 0;

  constexpr Message() = default;
  constexpr explicit Message(const Finding& finding) {
    if (!finding.is_one()) return;
    const grammar::Problem& problem = finding.problem;
    add(finding.member);
    if (!finding.text.empty()) {
      add(", column ");
      number(column(finding));
    }
    add(": ");
    add(problem.what);
    if (!problem.piece.empty()) quoted(problem.piece.substr(0, 100));
    add(problem.after);
    if (problem.hint.empty()) return;
    add("; ");
    add(problem.hint);
    if (!problem.name.empty()) quoted(problem.name.substr(0, 100));
    add(problem.hint_end);
  }

  /// Counted in characters, from 1.
  static constexpr std::size_t column(const Finding& finding) {
    std::size_t column = 1;
    for (const char c : finding.text.substr(0, finding.problem.offset))
      column += grammar::continues_point(c) ? 0U : 1U;
    return column;
  }

 private:
  constexpr void add(std::string_view more) {
    for (const char c : more) {
      if (size + 1 < sizeof(text)) text[size++] = c;
    }
  }
  constexpr void quoted(std::string_view more) {
    add("'");
    add(more);
    add("'");
  }
  constexpr void number(std::size_t value) {
    if (value > 9) number(value / 10);
    const char digit = static_cast<char>('0' + value % 10);
    add({&digit, 1});
  }
};

/// Whether a declaration is well; the name of a type that is not says what is wrong.
template <Message Says>
struct WrongDeclaration {
  static_assert(Says.size == 0, "REG_SYMBOL: WrongDeclaration<...> says what is wrong");
  static constexpr bool is_none = false;
};
template <>
struct WrongDeclaration<Message{}> {
  static constexpr bool is_none = true;
};

#ifdef __clang__
// Not constexpr, so that clang shows the call of the next function, with its arguments.
void this_declaration_is_wrong();

constexpr bool wrong_declaration(std::string_view member, std::size_t /*column*/,
                                 std::string_view /*what*/, std::string_view /*piece*/,
                                 std::string_view /*after*/, std::string_view /*hint*/,
                                 std::string_view /*name*/, std::string_view /*text*/) {
  if (!member.empty()) this_declaration_is_wrong();
  return member.empty();
}
constexpr bool is_well(const Finding& finding) {
  const grammar::Problem& problem = finding.problem;
  return !finding.is_one() ||
         wrong_declaration(finding.member, Message::column(finding), problem.what, problem.piece,
                           problem.after, problem.hint, problem.name, finding.text);
}
#endif

}  // namespace reg::plugin

#ifdef __clang__
#define REG_PLUGIN_IS_WELL(finding) ::reg::plugin::is_well(finding)
#else
#define REG_PLUGIN_IS_WELL(finding) \
  ::reg::plugin::WrongDeclaration<::reg::plugin::Message(finding)>::is_none
#endif
