#pragma once
// The words that make a file worth reading, and which words a file has.

#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <string_view>

namespace reg {

// Names that registrations are written with: the last parts of dotted names. Files without any of
// them are not parsed.
using Words = std::set<std::string, std::less<>>;

// Which words a file has, in a few bits for each: never "no" for one that is there, seldom "yes"
// for one that is not. A pure function of the content. A word is a run of letters, digits, `_` and
// of bytes above 0x7F; words in comments and texts count, too. Words with such bytes are all the
// same, since the content may be in any encoding.
class WordFilter {
 public:
  WordFilter() = default;  // of an empty file
  explicit WordFilter(std::string_view content);

  bool may_have(std::string_view word) const;
  // Its bits, to be kept; whoever keeps them gives them back as they were.
  const std::string& bits() const { return bits_; }
  static WordFilter from_bits(std::string bits);

 private:
  std::string bits_;  // a power of two of them; empty: no words
};

}  // namespace reg
