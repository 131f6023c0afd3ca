#pragma once
// Follows a JSON parser through its text: the parser says what it has read, but not where.

#include <manifest/declarations.h>
#include <manifest/source_text.h>
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace reg {

// Newlines are counted between tokens only: JSON strings cannot hold any.
class JsonCursor {
 public:
  explicit JsonCursor(const SourceText& source)
      : text_(source.text), characters_(source.characters) {}

  // Goes to the next token and returns its place.
  Position next() {
    for (; at_ < text_.size() && is_between(text_[at_]); ++at_) {
      if (text_[at_] == '\n') start_line(at_ + 1);
    }
    return {line_, column()};
  }

  // Passes a token whose length is known.
  void pass(std::size_t length) { at_ = std::min(at_ + length, text_.size()); }

  std::string_view pass_number() {
    const std::size_t end = std::min(text_.find_first_of(",]} \t\r\n", at_), text_.size());
    std::string_view number = text_.substr(at_, end - at_);
    at_ = end;
    return number;
  }

  // Passes a string with escapes.
  void pass_escaped_string() {
    for (++at_; at_ < text_.size() && text_[at_] != '"'; ++at_) {
      if (text_[at_] == '\\') ++at_;
    }
    pass(1);
  }

  // Whether these bytes are the text's own.
  bool owns(std::string_view part) const {
    const auto begin = reinterpret_cast<std::uintptr_t>(text_.data());
    const auto data = reinterpret_cast<std::uintptr_t>(part.data());
    return data >= begin && data + part.size() <= begin + text_.size();
  }

 private:
  static bool is_between(char c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == ',' || c == ':';
  }

  void start_line(std::size_t offset) {
    ++line_;
    counted_from_ = offset;
    counted_ = 0;
  }

  // Only ever moves forward, so that a document on one line takes linear time.
  std::uint32_t column() {
    std::string_view part = text_.substr(counted_from_, at_ - counted_from_);
    counted_ += characters_ == Characters::Ascii ? part.size() : count_code_points(part);
    counted_from_ = at_;
    return static_cast<std::uint32_t>(counted_ + 1);
  }

  std::string_view text_;
  Characters characters_;
  std::size_t at_ = 0;
  std::size_t counted_from_ = 0, counted_ = 0;
  std::uint32_t line_ = 1;
};

}  // namespace reg
