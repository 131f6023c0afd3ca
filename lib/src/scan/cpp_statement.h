#pragma once
// Whether a name in C++ is declared where it stands, or used.

#include <scan/cpp_lexer.h>
#include <string_view>

namespace reg {

// Follows the tokens of a statement. A declaration begins with words of a type, two of which stand
// side by side (`void f`, `const T& f`, `std::vector<int> f`, `void X<T>::f`); in an expression
// something else is between them.
class CppStatement {
 public:
  // A word, before `take` takes it. Names in capitals are macros, which may stand behind another
  // macro or `static`.
  bool declares(std::string_view word) const;
  void take(const CppToken& token, std::string_view word);
  // A new line may begin a statement: to be called before `declares`.
  void begin_line(const CppToken& token);
  void begin();

 private:
  enum class Last : std::uint8_t { Nothing, Word, TypeName, EndOfType, Other };

  bool side_by_side() const {
    return last_ == Last::Word || last_ == Last::TypeName || ends_type();
  }
  bool ends_type() const { return last_ == Last::EndOfType && has_word_; }
  void take_word(std::string_view word);
  void take_sign(const CppToken& token);

  bool like_type_ = true, has_word_ = false, side_by_side_ = false;
  bool closed_ = false;  // the last one was `)`: a line that follows may be a statement of its own
  Last last_ = Last::Nothing;
};

}  // namespace reg
