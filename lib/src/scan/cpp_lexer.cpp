#include <scan/cpp_lexer.h>
#include <text/utf8.h>
#include <algorithm>
#include <array>

namespace reg {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
// The longest that a raw string's delimiter may be.
constexpr std::size_t longest_delimiter = 16;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool begins_word(char c) {
  return c == '_' || c == '$' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         static_cast<unsigned char>(c) >= 0x80;
}
bool in_word(char c) { return begins_word(c) || is_digit(c); }
bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v'; }

bool is_text_prefix(std::string_view word) {
  return word == "u8" || word == "u" || word == "U" || word == "L";
}
bool is_raw_prefix(std::string_view word) {
  return word == "R" || (word.ends_with('R') && is_text_prefix(word.substr(0, word.size() - 1)));
}

}  // namespace

CppLexer::CppLexer(std::string_view content, Start start)
    : content_(content), line_start_(start == Start::Line) {
  if (start == Start::Line && content.starts_with(byte_order_mark))
    offset_ = byte_order_mark.size();
}

// How long the joint of two lines is that begins here; 0: there is none.
std::size_t CppLexer::joint(std::size_t offset) const {
  if (at(offset) != '\\') return 0;
  if (at(offset + 1) == '\n') return 2;
  return at(offset + 1) == '\r' && at(offset + 2) == '\n' ? 3 : 0;
}

std::size_t CppLexer::joined(std::size_t offset) const {
  while (const std::size_t length = joint(offset)) offset += length;
  return offset;
}

std::size_t CppLexer::line_comment_end(std::size_t offset) const {
  while (true) {
    const std::size_t end = std::min(content_.find('\n', offset), content_.size());
    std::size_t last = end;
    if (last > offset && content_[last - 1] == '\r') --last;
    if (end == content_.size() || last <= offset || content_[last - 1] != '\\') return end;
    offset = end + 1;
  }
}

std::size_t CppLexer::block_comment_end(std::size_t open, std::size_t offset) {
  const std::size_t end = content_.find("*/", offset);
  if (end != std::string_view::npos) return end + 2;
  unended_ = open;
  return content_.size();
}

bool CppLexer::skip_comment() {
  const std::size_t second = after(offset_);
  if (at(offset_) != '/' || (at(second) != '/' && at(second) != '*')) return false;
  offset_ =
      at(second) == '/' ? line_comment_end(second + 1) : block_comment_end(offset_, second + 1);
  return true;
}

void CppLexer::skip_blanks() {
  while (offset_ < content_.size()) {
    if (content_[offset_] == '\n') {
      line_start_ = true;
      ++offset_;
    } else if (is_blank(content_[offset_])) {
      ++offset_;
    } else if (const std::size_t length = joint(offset_)) {
      offset_ += length;
    } else if (!skip_comment()) {
      return;
    }
  }
}

// What is not closed ends with its line.
std::size_t CppLexer::quoted_end(std::size_t quote) {
  const char closing = content_[quote];
  std::size_t offset = quote + 1;
  while (offset < content_.size() && content_[offset] != '\n') {
    if (content_[offset] == closing) return offset + 1;
    if (const std::size_t length = joint(offset)) {
      offset += length;
    } else {
      offset += content_[offset] == '\\' && at(offset + 1) != '\n' ? 2 : 1;
    }
  }
  return std::min(offset, content_.size());
}

std::size_t CppLexer::raw_end(std::size_t quote) {
  const std::size_t open = content_.find_first_of("()\\ \t\n\"", quote + 1);
  if (at(open) != '(' || open - quote - 1 > longest_delimiter) return quoted_end(quote);
  const std::string closing =
      ")" + std::string(content_.substr(quote + 1, open - quote - 1)) + "\"";
  const std::size_t end = content_.find(closing, open + 1);
  if (end != std::string_view::npos) return end + closing.size();
  unended_ = quote;
  return content_.size();
}

std::size_t CppLexer::word_end(std::size_t offset) const {
  while (true) {
    while (in_word(at(offset))) ++offset;
    const std::size_t next = joined(offset);
    if (next == offset || !in_word(at(next))) return offset;
    offset = next;
  }
}

// As the preprocessor takes numbers: `1'000`, `0x1p-3`, `1e+5`, `.5f`.
std::size_t CppLexer::number_end(std::size_t offset) const {
  while (true) {
    const char c = at(offset);
    const std::size_t next = after(offset);
    const bool exponent = c == 'e' || c == 'E' || c == 'p' || c == 'P';
    if (exponent && (at(next) == '+' || at(next) == '-')) {
      offset = after(next);
    } else if (in_word(c) || c == '.' || (c == '\'' && in_word(at(next)))) {
      offset = next;
    } else {
      return offset;
    }
  }
}

// The next place in a preprocessor line; comments and texts in it are passed at once.
std::size_t CppLexer::directive_step(std::size_t offset) {
  if (const std::size_t length = joint(offset)) return offset + length;
  const char c = content_[offset];
  if (c == '/' && at(after(offset)) == '/') return line_comment_end(after(offset) + 1);
  if (c == '/' && at(after(offset)) == '*') return block_comment_end(offset, after(offset) + 1);
  if (c == '\'') return quoted_end(offset);
  if (c == '"') return at(offset - 1) == 'R' ? raw_end(offset) : quoted_end(offset);
  if (in_word(c)) return number_end(offset);  // with the `'` of a number
  return offset + 1;
}

std::size_t CppLexer::directive_end(std::size_t offset) {
  while (offset < content_.size() && content_[offset] != '\n') offset = directive_step(offset);
  return std::min(offset, content_.size());
}

void CppLexer::read_text(CppToken& token, std::size_t quote, bool raw) {
  token.kind = content_[quote] == '"' ? CppToken::Kind::Text : CppToken::Kind::Character;
  token.raw = raw;
  token.end = raw ? raw_end(quote) : quoted_end(quote);
  if (begins_word(at(token.end))) token.end = word_end(token.end);
}

void CppLexer::read_word(CppToken& token) {
  token.kind = CppToken::Kind::Word;
  token.end = word_end(token.begin);
  const std::size_t quote = joined(token.end);
  if (at(quote) != '"' && at(quote) != '\'') return;
  std::string room;
  token.spliced = true;
  const std::string_view word = view(token, room);
  if (is_text_prefix(word) || (at(quote) == '"' && is_raw_prefix(word)))
    read_text(token, quote, is_raw_prefix(word));
}

void CppLexer::read_sign(CppToken& token) {
  static constexpr std::array<std::string_view, 6> pairs = {"::", "->", "<<", "<=", ">=", "=="};
  token.kind = CppToken::Kind::Sign;
  token.end = token.begin + 1;
  token.sign = content_.substr(token.begin, 1);
  const std::size_t second = after(token.begin);
  for (const std::string_view pair : pairs) {
    if (pair[0] != content_[token.begin] || pair[1] != at(second)) continue;
    token.sign = pair;
    token.end = second + 1;
    return;
  }
}

CppToken CppLexer::next() {
  skip_blanks();
  CppToken token;
  token.first_on_line = line_start_;
  token.begin = token.end = offset_;
  if (offset_ >= content_.size()) return token;
  const char c = content_[offset_];
  if (c == '#' && line_start_) {
    token.kind = CppToken::Kind::Directive;
    token.end = directive_end(offset_ + 1);
  } else if (is_digit(c) || (c == '.' && is_digit(at(after(offset_))))) {
    token.kind = CppToken::Kind::Number;
    token.end = number_end(offset_);
  } else if (begins_word(c)) {
    read_word(token);
  } else if (c == '"' || c == '\'') {
    read_text(token, offset_, false);
  } else {
    read_sign(token);
  }
  line_start_ = false;
  const std::string_view written = content_.substr(token.begin, token.end - token.begin);
  token.spliced = !token.raw && written.find('\\') != std::string_view::npos;
  offset_ = token.end;
  return token;
}

std::string CppLexer::text(const CppToken& token) const {
  if (!token.spliced) return std::string(content_.substr(token.begin, token.end - token.begin));
  std::string text;
  for (std::size_t offset = joined(token.begin); offset < token.end; offset = after(offset))
    text += content_[offset];
  return text;
}

std::string_view CppLexer::view(const CppToken& token, std::string& room) const {
  if (!token.spliced) return content_.substr(token.begin, token.end - token.begin);
  room = text(token);
  return room;
}

Position CppPlaces::at(std::size_t offset) {
  if (offset < counted_) {
    counted_ = 0;
    place_ = {1, 1};
  }
  if (counted_ == 0 && content_.starts_with(byte_order_mark))
    counted_ = std::min(offset, byte_order_mark.size());
  std::string_view passed = content_.substr(counted_, offset - counted_);
  counted_ = offset;
  for (std::size_t end = passed.find('\n'); end != std::string_view::npos;
       end = passed.find('\n')) {
    passed.remove_prefix(end + 1);
    ++place_.line;
    place_.column = 1;
  }
  place_.column += static_cast<std::uint32_t>(count_code_points(passed));
  return place_;
}

}  // namespace reg
