#pragma once
// Literals of C++ as values.

#include <reg/json.h>
#include <scan/cpp_lexer.h>
#include <optional>
#include <string>
#include <string_view>

namespace reg {

// Reads the tokens of one literal: texts side by side, a number with or without a sign, `true`,
// `false` or `nullptr`.
class CppLiteral {
 public:
  // False: it is none.
  bool take(const CppLexer& lexer, const CppToken& token);
  std::optional<Json> value() const;

 private:
  enum class What : std::uint8_t { Nothing, Sign, Text, Whole };

  bool take_text(std::string_view written);
  bool take_number(std::string written);
  bool take_word(std::string_view word);

  What what_ = What::Nothing;
  bool negative_ = false;
  std::string text_;
  Json value_;
};

}  // namespace reg
