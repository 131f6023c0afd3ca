#include "bash.h"

#include <algorithm>

namespace reg::app {

namespace {

constexpr std::string_view blanks = " \t\n";
constexpr std::string_view escaped_in_double = "\"$`\\";
constexpr std::string_view escaped_outside = " \t\n\"'\\|&;<>()$`*?[]{}!#~";

bool one_of(std::string_view set, char c) { return set.find(c) != std::string_view::npos; }

class Reader {
 public:
  Reader(std::string_view text, std::string_view breaks) : text_(text), breaks_(breaks) {}

  BashLine read() {
    for (; at_ < text_.size(); ++at_) {
      if (line_.quote != '\0') {
        inside_quotes(text_[at_]);
      } else {
        outside(text_[at_]);
      }
    }
    if (!in_word_) begin_word();
    return std::move(line_);
  }

 private:
  void begin_word() {
    line_.words.emplace_back();
    line_.kept = 0;
    in_word_ = true;
  }
  std::string& word() {
    if (!in_word_) begin_word();
    return line_.words.back();
  }
  void append_next() {
    if (++at_ < text_.size()) word() += text_[at_];
  }

  void outside(char c) {
    if (one_of(blanks, c)) {
      in_word_ = false;
    } else if (c == '\\') {
      append_next();
    } else if (c == '"' || c == '\'') {
      line_.kept = word().size();
      line_.quote = c;
    } else {
      word() += c;
      if (one_of(breaks_, c)) line_.kept = word().size();
    }
  }

  void inside_quotes(char c) {
    if (c == line_.quote) {
      line_.quote = '\0';
      line_.kept = word().size();
    } else if (c == '\\' && line_.quote == '"' && at_ + 1 < text_.size() &&
               one_of(escaped_in_double, text_[at_ + 1])) {
      append_next();
    } else {
      word() += c;
    }
  }

  std::string_view text_;
  std::string_view breaks_;
  std::size_t at_ = 0;
  bool in_word_ = false;
  BashLine line_;
};

std::string quoted(char c, char quote) {
  if (quote == '\'') return c == '\'' ? R"('\'')" : std::string(1, c);
  const bool escape = one_of(quote == '"' ? escaped_in_double : escaped_outside, c);
  return escape ? std::string{'\\', c} : std::string(1, c);
}

}  // namespace

BashLine read_bash_line(std::string_view text, std::string_view breaks) {
  return Reader(text, breaks).read();
}

std::string bash_answer(const BashLine& line, const std::string& word) {
  std::string answer;
  for (const char c : std::string_view(word).substr(std::min(line.kept, word.size())))
    answer += quoted(c, line.quote);
  return answer;
}

}  // namespace reg::app
