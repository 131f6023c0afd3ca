#pragma once
// Versions: dotted numbers of any length, compared number by number; 2.10 > 2.9, and 12
// equals 12.0.

#include <reg/json.h>
#include <array>
#include <compare>
#include <string_view>

namespace reg::ast {

// A value read as a version: a version literal, a string of dotted numbers with or without a
// leading "v", an integer, or a float by its shortest text. Allocates nothing; `value` must outlive
// it.
class VersionReading {
 public:
  explicit VersionReading(const Json& value);
  VersionReading(const VersionReading&) = delete;
  VersionReading& operator=(const VersionReading&) = delete;

  bool valid() const { return !text_.empty(); }
  // Both must be valid.
  std::strong_ordering operator<=>(const VersionReading& other) const;

 private:
  std::array<char, 352> digits_;  // the longest double in full: 309 digits, or 0. and 340 more
  std::string_view text_;         // dotted numbers; empty: not a version
};

// Whether this is numbers with single dots between them.
bool is_dotted_numbers(std::string_view text);

}  // namespace reg::ast
