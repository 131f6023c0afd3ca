#pragma once
// What the tests of one fact compare it with.

#include <reason/test.h>
#include <set>
#include <string>
#include <vector>

namespace reg::reason {

struct Compared {
  std::vector<Json> numbers;          // ascending, each once
  std::set<std::string> texts;        // that it may equal, or stand before or behind
  std::set<std::string> prefixes;     // of `fact glob "prefix*"`
  std::vector<Json> others;           // lists and objects that it may equal
  std::vector<std::string> versions;  // ascending, each once
  bool text_order = false;            // texts are ordered, not only equal or not
  bool ranks = false;                 // yes(fact)
};

// Of tests that read the same fact, and no other.
Compared compared_by(const Tests& tests, const std::vector<TestId>& ids);

// What `fact glob pattern` asks for.
struct GlobShape {
  enum class Kind : std::uint8_t { Text, Prefix, Other };
  Kind kind = Kind::Other;
  std::string text = {};  // of a text and a prefix
};
GlobShape shape_of_glob(const std::string& pattern);

}  // namespace reg::reason
