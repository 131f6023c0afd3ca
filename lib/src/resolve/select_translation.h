#pragma once
// logilab's `__select__` expressions, written as predicates.
//
// A predicate class or function becomes the test of a fact of that name: `is_instance('X')` is
// `is_instance("X")`. `&`, `|`, `~` and `yes` mean here what they mean there.

#include <reg/predicate.h>
#include <resolve/program.h>
#include <scan/account.h>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace reg {

// What a name in such an expression stands for.
struct SelectName {
  enum class Kind : std::uint8_t {
    Unknown,    // it cannot be told: `text` says why
    Predicate,  // a predicate class or function that was defined under the name `text`
    Value,      // what this expression comes to, at that place
    Function,  // an ordinary function of the name `text`: a predicate itself, but not what it makes
    Anything,  // what lets everything through: yes()
  };
  Kind kind = Kind::Unknown;
  std::string text;
  const Expression* value = nullptr;
  ProgramPoint at;
};

// What the translation asks of the program around the expression.
struct SelectNames {
  std::function<SelectName(std::string_view name, const ProgramPoint& at)> meaning;
  std::function<std::optional<Json>(const Expression& value, const ProgramPoint& at)> constant;
};

// A part that cannot be written as a predicate.
struct LeftOutPart {
  std::size_t file = 0;
  Position at;
  std::string why;
};

struct TranslatedSelect {
  // Nothing: no part of it could be translated.
  std::optional<Predicate> predicate;
  std::set<std::string> facts;  // the named predicates that it calls
  std::vector<LeftOutPart> left_out;
};

// What cannot be translated is left out of the `&`, `|` or `~` that it stands in.
TranslatedSelect translate_select(const Expression& select, const ProgramPoint& at,
                                  const SelectNames& names);

}  // namespace reg
