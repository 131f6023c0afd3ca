#pragma once
// The growing text that symbol records point into.

#include <manifest/declarations.h>
#include <manifest/line.h>
#include <cstddef>
#include <string>
#include <string_view>

namespace reg {

// Appends lines and records to a `Declarations`.
class SymbolLines {
 public:
  explicit SymbolLines(Declarations& out) : out_(out) {}

  // Makes room for that many bytes of lines, so that they need not move later.
  void expect(std::size_t bytes) { out_.text->reserve(bytes); }
  void add(const LineParts& parts);

 private:
  void expect_records();
  std::string_view append(std::string_view line);

  Declarations& out_;
  std::string line_;
};

}  // namespace reg
