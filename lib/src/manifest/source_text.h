#pragma once
// The text of a source, before anything is parsed.

#include <manifest/declarations.h>
#include <manifest/problems.h>
#include <text/utf8.h>
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace reg {

enum class Characters : bool { Ascii, Utf8 };

struct SourceText {
  std::string_view text;  // without a byte order mark
  Characters characters = Characters::Ascii;
};

// Nothing, and a problem, if the bytes are not UTF-8.
std::optional<SourceText> check_text(std::string_view bytes, Problems& problems);

// The place of a byte of the text; takes time proportional to the offset.
Position position_at(std::string_view text, std::size_t offset);

// The lines of a text, for many places of it.
class Lines {
 public:
  explicit Lines(std::string_view text);
  // The offset of a place, or of its line's end; nothing if the text has no such line.
  std::optional<std::size_t> offset_of(Position at) const;
  // The place of a byte of the text.
  Position position_of(std::size_t offset) const;

 private:
  std::string_view text_;
  bool is_ascii_;
  std::vector<std::size_t> begins_;
};

}  // namespace reg
