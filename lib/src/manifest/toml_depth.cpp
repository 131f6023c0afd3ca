#include <manifest/toml_depth.h>
#include <algorithm>
#include <vector>

namespace reg {
namespace {

class DepthScanner {
 public:
  DepthScanner(std::string_view text, std::size_t limit) : text_(text), limit_(limit) {}

  std::optional<std::size_t> scan() {
    while (at_ < text_.size()) {
      step(text_[at_]);
      if (depth() > limit_) return at_;
      ++at_;
    }
    return std::nullopt;
  }

 private:
  // The document, or an open bracket of a value.
  struct Level {
    bool table;
    bool in_key;
    std::size_t dots = 0;  // of the key that is being read or whose value is
  };

  std::size_t depth() const { return header_ + levels_.size() - 1 + dots_; }

  void step(char c) {
    switch (c) {
      case '"':
      case '\'':
        statement_start_ = false;
        return skip_string(c);
      case '#':
        return skip_to_line_end();
      case '\n':
        return end_line();
      case '[':
        return statement_start_ ? read_header() : open({false, false});
      case '{':
        return open({true, true});
      case ']':
      case '}':
        return close();
      default:
        return step_key(c);
    }
  }

  void step_key(char c) {
    Level& level = levels_.back();
    if (c != ' ' && c != '\t' && c != '\r') statement_start_ = false;
    if (c == '=') level.in_key = false;
    if (c == ',') next_key();
    if (c == '.' && level.in_key) {
      ++level.dots;
      ++dots_;
    }
  }

  void next_key() {
    dots_ -= levels_.back().dots;
    levels_.back().dots = 0;
    levels_.back().in_key = levels_.back().table;
  }

  void open(Level level) {
    statement_start_ = false;
    levels_.push_back(level);
  }

  void close() {
    if (levels_.size() == 1) return;
    next_key();
    levels_.pop_back();
  }

  void end_line() {
    if (levels_.size() > 1) return;
    next_key();
    statement_start_ = true;
  }

  void read_header() {
    header_ = 1;
    for (++at_; at_ < text_.size() && text_[at_] != '\n'; ++at_) {
      if (text_[at_] == '"' || text_[at_] == '\'') skip_string(text_[at_]);
      if (at_ < text_.size() && text_[at_] == '.' && ++header_ > limit_) return;
      if (at_ < text_.size() && text_[at_] == '#') skip_to_line_end();
    }
  }

  // Leaves the position at the last byte of what is skipped.
  void skip_to_line_end() { at_ = std::min(text_.find('\n', at_), text_.size()) - 1; }

  void skip_string(char quote) {
    const std::string_view triple = quote == '"' ? "\"\"\"" : "'''";
    if (text_.substr(at_, 3) == triple) {
      skip_long_string(quote, triple);
    } else {
      for (++at_; at_ < text_.size() && text_[at_] != quote && text_[at_] != '\n'; ++at_) {
        if (quote == '"' && text_[at_] == '\\') ++at_;
      }
      // Not closed: the line's end still ends the statement.
      if (at_ < text_.size() && text_[at_] == '\n') --at_;
    }
  }

  void skip_long_string(char quote, std::string_view triple) {
    for (at_ += 3; at_ < text_.size() && text_.substr(at_, 3) != triple; ++at_) {
      if (quote == '"' && text_[at_] == '\\') ++at_;
    }
    at_ += 2;
    // Up to two quotes may stand right before the closing three.
    while (at_ + 1 < text_.size() && text_[at_ + 1] == quote) ++at_;
  }

  std::string_view text_;
  std::size_t limit_;
  std::size_t at_ = 0;
  std::size_t header_ = 0;
  std::size_t dots_ = 0;  // of all levels
  std::vector<Level> levels_{{true, true}};
  bool statement_start_ = true;
};

}  // namespace

std::optional<std::size_t> toml_too_deep(std::string_view text, std::size_t limit) {
  return DepthScanner(text, limit).scan();
}

}  // namespace reg
