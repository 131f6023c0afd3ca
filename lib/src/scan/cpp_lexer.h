#pragma once
// The tokens of C++ text, as far as finding macros and calls needs them. Comments and blanks are
// left out, a preprocessor line is one token, and a backslash at the end of a line joins it with
// the next one wherever it stands. Any bytes have tokens; nothing is looked at twice.

#include <manifest/declarations.h>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace reg {

struct CppToken {
  enum class Kind : std::uint8_t { End, Word, Number, Text, Character, Sign, Directive };
  Kind kind = Kind::End;
  bool first_on_line = false;
  bool spliced = false;   // it may have joints of lines in it
  bool raw = false;       // Text: a raw one, which has none
  std::string_view sign;  // Sign: `::`, `->`, `<<`, … or one byte
  std::size_t begin = 0, end = 0;

  bool is(Kind other) const { return kind == other; }
  bool is(std::string_view other) const { return kind == Kind::Sign && sign == other; }
};

class CppLexer {
 public:
  // Of a part of a file, a caller that knows that it is no preprocessor line says so.
  enum class Start : std::uint8_t { Line, Middle };

  explicit CppLexer(std::string_view content, Start start = Start::Line);

  CppToken next();
  // Its bytes without the joints of lines.
  std::string text(const CppToken& token) const;
  // As `text`, without a copy where there is no joint; `room` holds it otherwise.
  std::string_view view(const CppToken& token, std::string& room) const;
  // Where a comment or raw string begins that nothing ends.
  std::optional<std::size_t> unended() const { return unended_; }

 private:
  char at(std::size_t offset) const { return offset < content_.size() ? content_[offset] : '\0'; }
  std::size_t joint(std::size_t offset) const;
  std::size_t joined(std::size_t offset) const;
  std::size_t after(std::size_t offset) const { return joined(offset + 1); }
  void skip_blanks();
  bool skip_comment();
  std::size_t line_comment_end(std::size_t offset) const;
  std::size_t block_comment_end(std::size_t open, std::size_t offset);
  std::size_t quoted_end(std::size_t quote);
  std::size_t raw_end(std::size_t quote);
  std::size_t word_end(std::size_t offset) const;
  std::size_t number_end(std::size_t offset) const;
  std::size_t directive_end(std::size_t offset);
  std::size_t directive_step(std::size_t offset);
  void read_word(CppToken& token);
  void read_text(CppToken& token, std::size_t quote, bool raw);
  void read_sign(CppToken& token);

  std::string_view content_;
  std::size_t offset_ = 0;
  bool line_start_ = true;
  std::optional<std::size_t> unended_;
};

// Lines and columns (in code points) of offsets, quick as long as they grow.
class CppPlaces {
 public:
  explicit CppPlaces(std::string_view content) : content_(content) {}
  Position at(std::size_t offset);

 private:
  std::string_view content_;
  std::size_t counted_ = 0;
  Position place_{1, 1};
};

}  // namespace reg
