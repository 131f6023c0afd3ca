#include <scan/cpp_statement.h>
#include <algorithm>
#include <array>

namespace reg {
namespace {

template <std::size_t Size>
bool is_among(const std::array<std::string_view, Size>& all, std::string_view word) {
  return std::find(all.begin(), all.end(), word) != all.end();
}

// What they precede is an expression.
bool begins_expression(std::string_view word) {
  static constexpr std::array<std::string_view, 18> words = {
      "return", "throw",  "case", "co_return", "co_await", "co_yield", "new", "delete", "goto",
      "sizeof", "typeid", "not",  "and",       "or",       "if",       "for", "while",  "switch"};
  return is_among(words, word);
}

bool names_type(std::string_view word) {
  static constexpr std::array<std::string_view, 14> words = {
      "void",   "bool", "char",     "int",    "short", "long",   "float",
      "double", "auto", "unsigned", "signed", "class", "struct", "typename"};
  return is_among(words, word);
}

bool is_in_capitals(std::string_view word) {
  return std::none_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

bool stands_in_types(const CppToken& token) {
  static constexpr std::array<std::string_view, 5> signs = {"<", ">", ",", "*", "&"};
  return is_among(signs, token.sign);
}

bool is_neutral(const CppToken& token) {
  static constexpr std::array<std::string_view, 5> signs = {"::", "[", "]", "~", "."};
  // A single `.` is one of an ellipsis or of an expression, which has no words side by side.
  return is_among(signs, token.sign);
}

bool ends_statement(const CppToken& token) {
  static constexpr std::array<std::string_view, 4> signs = {";", "{", "}", ":"};
  return is_among(signs, token.sign);
}

}  // namespace

void CppStatement::begin() { *this = CppStatement{}; }

bool CppStatement::declares(std::string_view word) const {
  if (!like_type_ || !(side_by_side_ || side_by_side())) return false;
  // (side by side with a name, but not with `void` or in `T* X`)
  return !(is_in_capitals(word) && last_ == Last::Word);
}

void CppStatement::take_word(std::string_view word) {
  if (word == "else" || word == "do") return begin();
  if (begins_expression(word)) like_type_ = false;
  side_by_side_ = side_by_side_ || side_by_side();
  has_word_ = true;
  last_ = names_type(word) ? Last::TypeName : Last::Word;
}

void CppStatement::take_sign(const CppToken& token) {
  closed_ = token.is(")");
  if (ends_statement(token)) return begin();
  if (stands_in_types(token)) {
    if (!has_word_) like_type_ = false;
    last_ = token.is("<") || token.is(",") ? Last::Other : Last::EndOfType;
    return;
  }
  if (!is_neutral(token)) like_type_ = false;
  last_ = Last::Other;
}

void CppStatement::begin_line(const CppToken& token) {
  if (closed_ && token.first_on_line) begin();
}

void CppStatement::take(const CppToken& token, std::string_view word) {
  begin_line(token);
  if (token.is(CppToken::Kind::Sign)) return take_sign(token);
  closed_ = false;
  if (token.is(CppToken::Kind::Word)) return take_word(word);
  last_ = Last::Other;  // a number in a type, `extern "C"`
}

}  // namespace reg
