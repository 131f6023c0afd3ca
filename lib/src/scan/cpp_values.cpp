#include <scan/cpp_lexer.h>
#include <scan/cpp_literals.h>
#include <scan/cpp_values.h>
#include <text/json_text.h>
#include <text/utf8.h>
#include <vector>

namespace reg {
namespace {

constexpr std::size_t longest_other = 80;

using Kind = CppToken::Kind;

bool is_word_like(const CppToken& token) { return token.is(Kind::Word) || token.is(Kind::Number); }

// The tokens of a part, joined: a blank only where two words would become one.
class Joined {
 public:
  void add(const CppLexer& lexer, const CppToken& token) {
    if (after_word_ && is_word_like(token)) text_ += ' ';
    text_ += lexer.text(token);
    after_word_ = is_word_like(token);
  }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
  bool after_word_ = false;
};

// Whether tokens make a name: words with `::` or `.` between them, and `<…>` after a word, in which
// there is anything but brackets of other kinds and texts.
class NameShape {
 public:
  // False: they make none.
  bool take(const CppToken& token) {
    if (depth_ > 0) return take_within(token);
    const bool word = token.is(Kind::Word);
    if (word && (last_ == Last::Nothing || last_ == Last::Link)) return set(Last::Word);
    if (token.is("::") && last_ != Last::Link) return set(Last::Link);
    if (token.is(".") && (last_ == Last::Word || last_ == Last::Arguments)) return set(Last::Link);
    if (!token.is("<") || last_ != Last::Word) return false;
    ++depth_;
    return true;
  }
  bool is_whole() const { return depth_ == 0 && (last_ == Last::Word || last_ == Last::Arguments); }

 private:
  enum class Last : std::uint8_t { Nothing, Word, Link, Arguments };

  bool set(Last last) {
    last_ = last;
    return true;
  }
  bool take_within(const CppToken& token) {
    if (token.is("<")) ++depth_;
    if (token.is(">") && --depth_ == 0) last_ = Last::Arguments;
    const bool part_of_type = token.is("<") || token.is(">") || token.is("::") || token.is(",") ||
                              token.is("*") || token.is("&");
    return is_word_like(token) || part_of_type;
  }

  Last last_ = Last::Nothing;
  std::size_t depth_ = 0;
};

Expression other(std::string_view written) {
  Expression value;
  if (is_valid_utf8(written)) value.text = cut(written, longest_other);
  return value;
}

std::string without_leading_scope(std::string name) {
  return name.starts_with("::") ? name.substr(2) : name;
}

// Reads a part as all that it could be at once, and stops when it is none of it.
class ValueReader {
 public:
  bool take(const CppLexer& lexer, const CppToken& token) {
    may_be_literal_ = may_be_literal_ && literal_.take(lexer, token);
    may_be_name_ = may_be_name_ && name_.take(token);
    if (may_be_name_) joined_.add(lexer, token);
    return may_be_literal_ || may_be_name_;
  }

  std::optional<Expression> result() const {
    Expression value;
    if (may_be_literal_) {
      const std::optional<Json> literal = literal_.value();
      if (!literal) return std::nullopt;
      value.kind = Expression::Kind::Literal;
      value.value = *literal;
      return value;
    }
    if (!may_be_name_ || !name_.is_whole() || !is_valid_utf8(joined_.text())) return std::nullopt;
    value.kind = Expression::Kind::Name;
    value.text = without_leading_scope(joined_.text());
    return value;
  }

 private:
  bool may_be_literal_ = true, may_be_name_ = true;
  CppLiteral literal_;
  NameShape name_;
  Joined joined_;
};

}  // namespace

CppValues::CppValues(std::string_view content)
    : content_(content), left_(4 * content.size() + 4096) {}

bool CppValues::may_read(std::size_t begin, std::size_t end) {
  if (end - begin > left_) return false;
  left_ -= end - begin;
  return true;
}

Expression CppValues::value_of(std::size_t begin, std::size_t end) {
  const std::string_view written = content_.substr(begin, end - begin);
  if (!may_read(begin, end)) return other(cut(written, longest_other));
  CppLexer lexer(written, CppLexer::Start::Middle);
  ValueReader reader;
  for (CppToken token = lexer.next(); !token.is(Kind::End); token = lexer.next()) {
    if (reader.take(lexer, token)) continue;
    left_ += written.size() - token.end;
    return other(cut(written, longest_other));
  }
  std::optional<Expression> value = reader.result();
  return value ? *value : other(cut(written, longest_other));
}

std::string CppValues::plain_text(std::size_t begin, std::size_t end) {
  if (!may_read(begin, end)) return {};
  CppLexer lexer(content_.substr(begin, end - begin), CppLexer::Start::Middle);
  Joined joined;
  for (CppToken token = lexer.next(); !token.is(Kind::End); token = lexer.next())
    joined.add(lexer, token);
  if (!is_valid_utf8(joined.text())) return {};
  return without_leading_scope(joined.text());
}

std::string cpp_callee(std::string_view written) {
  CppLexer lexer(written, CppLexer::Start::Middle);
  std::string name;
  for (CppToken token = lexer.next(); !token.is(Kind::End); token = lexer.next()) {
    const std::string text = lexer.text(token);
    if (text != "template") name += text;
  }
  return without_leading_scope(name);
}

}  // namespace reg
