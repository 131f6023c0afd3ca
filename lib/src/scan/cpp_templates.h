#pragma once
// Which names are parameters of templates, as C++ text is read.

#include <scan/account.h>
#include <scan/cpp_lexer.h>
#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace reg {

// `template <typename T, int N = 3>` makes T and N names of what follows, up to the `;` or the `}`
// that ends it.
class CppTemplates {
 public:
  // Every token in turn; `braces`: that are open after it. `word`: of a token that is one.
  void take(const CppToken& token, std::string_view word, std::size_t braces);
  // Adds those that the arguments of a call speak of to its items.
  void describe(Expression& call) const;

 private:
  struct Declared {
    std::vector<std::string> names;
    std::size_t braces = 0;
    bool ended = false;  // unless an initialiser or the body of a constructor follows
  };

  void take_parameter(const CppToken& token, std::string_view word);
  void add_parameter();
  void end_declared(const CppToken& token, std::size_t braces);
  void pop();
  void add_mentioned(Expression& call, std::string_view text) const;

  std::vector<Declared> declared_;
  std::unordered_map<std::string, std::size_t> names_;  // how many declare it
  bool begins_ = false;                                 // after `template`
  std::size_t angles_ = 0;                              // of a list of parameters
  std::size_t brackets_ = 0;                            // in it
  bool has_default_ = false;
  std::string last_word_;
};

}  // namespace reg
