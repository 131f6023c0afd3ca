#pragma once
// What stands in an argument of a C++ call or macro: a literal, a name, or something else.

#include <scan/account.h>
#include <cstddef>
#include <string>
#include <string_view>

namespace reg {

// Reads parts of one file. Parts lie within each other, so that a file could be made that has each
// of its bytes read again and again: what it reads in all is bounded by a multiple of the file,
// after which a part counts as something else.
class CppValues {
 public:
  explicit CppValues(std::string_view content);

  // A literal (texts side by side are one), a name (`a::b<C>`, `a.b`; without a `::` in front), or
  // else Other.
  Expression value_of(std::size_t begin, std::size_t end);
  // As written, without comments and without blanks but between two words. "" where it is not to be
  // told.
  std::string plain_text(std::size_t begin, std::size_t end);

 private:
  bool may_read(std::size_t begin, std::size_t end);

  std::string_view content_;
  std::size_t left_;  // bytes that may still be read
};

// The name of a callee: `a::b`, `a.b`, `a->b`, without `template` and a `::` in front.
std::string cpp_callee(std::string_view written);

}  // namespace reg
