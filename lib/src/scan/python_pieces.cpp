#include <scan/python_pieces.h>
#include <text/utf8.h>
#include <algorithm>
#include <array>

namespace reg {
namespace {

// The parser may put in a token that is missing before each one that is there: twice as many fit
// into 16 bits.
constexpr std::size_t most_tokens = 32'000;

// Of comments and continued lines in a row; those of the grammar's own children are few.
constexpr std::size_t most_extras = 60'000;

struct PythonStatement {
  std::size_t begin = 0;
  std::uint32_t row = 0;
  std::size_t tokens = 0;
  std::size_t extras = 0;   // comments, and lines that are continued by a backslash; or more
  bool has_format = false;  // a formatted text, of which only the parser knows where it ends
};

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\f'; }

// After one of these in a number, what follows may be a number of its own: 1j1j.
bool ends_number(char c) {
  constexpr std::string_view ends = "jJlLbBoO";
  return ends.find(c) != std::string_view::npos;
}

// No line of a module begins with these unless it goes on with a statement.
bool goes_on(std::string_view word) {
  constexpr std::array<std::string_view, 5> words = {"elif", "else", "except", "finally", "case"};
  return std::find(words.begin(), words.end(), word) != words.end();
}

// No expression has these, so that brackets that are open there are so by mistake.
bool begins_definition(std::string_view word) {
  return word == "def" || word == "class" || word == "import";
}

std::string_view first_word(std::string_view line) {
  const auto* end = std::find_if_not(line.begin(), line.end(),
                                     [](char c) { return is_letter(c) || is_digit(c); });
  return line.substr(0, static_cast<std::size_t>(end - line.begin()));
}

// Finds the statements of a module by its brackets, texts and the columns of its lines. Where these
// are a muddle, so are the statements, but tokens are never counted too low: inside of texts and
// comments they count too, for the parser may come to see them otherwise.
class Cutting {
 public:
  explicit Cutting(std::string_view text) : text_(text), code_(text) {}

  PythonPieces run() {
    statements_.emplace_back();
    for (std::size_t at = 0; at < text_.size(); ++row_) at = take_line(at);
    return {std::move(code_), joined(most_tokens), joined(0)};
  }

 private:
  std::string_view text_;
  std::string code_;
  std::vector<PythonStatement> statements_;
  std::uint32_t row_ = 0;
  std::size_t brackets_ = 0;
  std::string_view quote_;  // of the text that a line begins in; empty: in none
  bool continued_ = false;  // by a backslash at the end of the line before
  bool decorated_ = false;  // the line before is part of a decorator

  // Returns where the next one begins.
  std::size_t take_line(std::size_t begin) {
    const std::size_t end = std::min(text_.find('\n', begin), text_.size());
    const std::string_view line = text_.substr(begin, end - begin);
    const std::size_t blanks = static_cast<std::size_t>(
        std::find_if_not(line.begin(), line.end(), is_blank) - line.begin());
    if (blanks == line.size() && quote_.empty()) {
      continued_ = false;
    } else if (quote_.empty() && line[blanks] == '#') {
      std::fill_n(code_.begin() + static_cast<std::ptrdiff_t>(begin + blanks), line.size() - blanks,
                  ' ');
      continued_ = false;
    } else {
      if (quote_.empty() && !continued_ && blanks == 0) begin_line(begin, line);
      take_tokens(line);
    }
    return end + 1;
  }

  void begin_line(std::size_t begin, std::string_view line) {
    const std::string_view word = first_word(line);
    const bool is_decorator = line.front() == '@';
    if (begins_definition(word) || is_decorator) brackets_ = 0;
    if (brackets_ != 0) return;
    const bool is_new = (is_decorator || is_letter(line.front())) && !goes_on(word);
    if (is_new && !decorated_) statements_.push_back({begin, row_, 0});
    decorated_ = is_decorator;
  }

  // A line has tokens of its own: its end, and those that begin and end a block.
  void take_tokens(std::string_view line) {
    statements_.back().tokens += 3;
    continued_ = line.ends_with('\\');
    for (std::size_t at = 0; at < line.size();)
      at = quote_.empty() ? take_code(line, at) : take_text(line, at);
    if (continued_) take_continued();
    if (quote_.size() == 1 && !continued_) quote_ = {};
  }

  // Many such lines in a row take the parser a time that is quadratic; they count as more.
  void take_continued() {
    statements_.back().tokens += 16;
    statements_.back().extras += 32;
  }

  std::size_t take_code(std::string_view line, std::size_t at) {
    const char c = line[at];
    if (c == '#') return take_rest(line, at);
    if (c == '"' || c == '\'') return open_text(line, at);
    if (c == '(' || c == '[' || c == '{') ++brackets_;
    if ((c == ')' || c == ']' || c == '}') && brackets_ != 0) --brackets_;
    return take_token(line, at);
  }

  // A comment.
  std::size_t take_rest(std::string_view line, std::size_t at) {
    continued_ = false;
    ++statements_.back().extras;
    while (at < line.size()) at = take_token(line, at);
    return at;
  }

  std::size_t open_text(std::string_view line, std::size_t at) {
    const bool is_long = line.substr(at).starts_with(line[at] == '"' ? "\"\"\"" : "'''");
    quote_ = line[at] == '"' ? "\"\"\"" : "'''";
    if (!is_long) quote_.remove_suffix(2);
    if (at != 0 && is_letter(line[at - 1])) note_format(line, at);
    return count(at, quote_.size());
  }

  void note_format(std::string_view line, std::size_t at) {
    const std::string_view prefix = line.substr(at < 2 ? 0 : at - 2, at < 2 ? at : 2);
    if (prefix.find_first_of("fFtT") != std::string_view::npos)
      statements_.back().has_format = true;
  }

  std::size_t take_text(std::string_view line, std::size_t at) {
    if (line[at] == '\\') return count(at, std::min<std::size_t>(2, line.size() - at));
    if (!line.substr(at).starts_with(quote_)) return take_token(line, at);
    at = count(at, quote_.size());
    quote_ = {};
    return at;
  }

  std::size_t count(std::size_t at, std::size_t tokens) {
    statements_.back().tokens += tokens;
    return at + tokens;
  }

  // A word, a number, or a byte that may be a token. Returns where the next one begins.
  std::size_t take_token(std::string_view line, std::size_t at) {
    const char c = line[at];
    if (is_blank(c) || continues_code_point(c)) return at + 1;
    if (is_letter(c)) {
      ++statements_.back().tokens;
      return at + first_word(line.substr(at)).size();
    }
    if (!is_digit(c)) return count(at, 1);
    const std::string_view number = first_word(line.substr(at));
    statements_.back().tokens +=
        1 + 2 * static_cast<std::size_t>(std::count_if(number.begin(), number.end(), ends_number));
    return at + number.size();
  }

  // Statements of at most so many tokens together become one piece.
  std::vector<PythonPiece> joined(std::size_t most) const {
    std::vector<PythonPiece> pieces;
    std::size_t tokens = 0;
    for (const PythonStatement& each : statements_) {
      tokens += each.tokens;
      if (pieces.empty() || tokens > most) {
        if (!pieces.empty()) pieces.back().end = each.begin;
        tokens = each.tokens;
        const bool may_be_tried = !each.has_format && each.extras < most_extras &&
                                  (&each != &statements_.back() || quote_.empty());
        pieces.push_back({each.begin, text_.size(), each.row, tokens > most_tokens, may_be_tried});
      }
    }
    return pieces;
  }
};

}  // namespace

PythonPieces python_pieces(std::string_view text) { return Cutting(text).run(); }

}  // namespace reg
