#include <predicate/lexer.h>
#include <reg/error.h>
#include <text/json_text.h>
#include <text/kept_number.h>
#include <text/utf8.h>
#include <text/version.h>
#include <algorithm>
#include <array>
#include <charconv>

namespace reg::ast {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool begins_name(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_name(char c) { return begins_name(c) || is_digit(c); }
bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
// C0, DEL and C1, as `to_text` escapes them.
bool is_control(std::string_view text, std::size_t at) {
  auto byte = [text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  if (byte(at) == 0xC2) return at + 1 < text.size() && byte(at + 1) <= 0x9F;
  return byte(at) < 0x20 || byte(at) == 0x7F;
}

[[noreturn]] void fail(std::string_view text, std::size_t offset, const std::string& message,
                       std::string hint = {}) {
  throw PredicateError(message, std::string(text), offset, std::move(hint));
}

// What people write who know another language.
struct Slip {
  std::string_view text, hint;
};
constexpr std::array<Slip, 9> slips = {{{"&&", "write \"&\" for and"},
                                        {"||", "write \"|\" for or"},
                                        {"<>", "did you mean \"!=\"?"},
                                        {"=~", "\"glob\" matches patterns: name glob \"res*\""},
                                        {"!~", "write ~(name glob \"res*\")"},
                                        {"=<", "did you mean \"<=\"?"},
                                        {"=>", "did you mean \">=\"?"},
                                        {"=", "did you mean \"==\"?"},
                                        {"!", "write \"~\" for not"}}};

const Slip* slip_at(std::string_view rest) {
  auto found = std::find_if(slips.begin(), slips.end(),
                            [rest](const Slip& slip) { return rest.starts_with(slip.text); });
  return found == slips.end() ? nullptr : &*found;
}

[[noreturn]] void fail_at_character(std::string_view text, std::size_t at) {
  std::size_t end = at + 1;
  while (end < text.size() && continues_code_point(text[end])) ++end;
  std::string hint;
  if (text[at] == '.') hint = "a version literal begins with \"v\": v12.4.1";
  if (text[at] == '-')
    hint = "names have letters, digits and \"_\" only, or stand in back-ticks: `max-batch`";
  if (text[at] == '{') hint = "objects cannot be written in a predicate";
  fail(text, at, "unexpected character " + to_text(std::string(text.substr(at, end - at))), hint);
}

}  // namespace

Token Lexer::take(TokenKind kind, std::size_t size) {
  Token token{kind, at_, text_.substr(at_, size)};
  at_ += size;
  return token;
}

Token Lexer::next() {
  while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
  if (at_ == text_.size()) return take(TokenKind::End, 0);
  char c = text_[at_];
  if (begins_name(c)) return name_or_version();
  if (c == '`') return name();
  if (is_digit(c) || c == '-') return number();
  if (c == '"' || c == '\'') return string();
  return symbol();
}

// `v2` and `v2rc1` are versions, `v2_device` is a name.
Token Lexer::name_or_version() {
  std::string_view rest = text_.substr(at_);
  if (rest.size() < 2 || rest[0] != 'v' || !is_digit(rest[1])) return name();
  auto end = std::find_if_not(rest.begin(), rest.end(), is_name);
  std::string_view word = rest.substr(0, static_cast<std::size_t>(end - rest.begin()));
  return is_version_literal(word) ? version() : name();
}

Token Lexer::version() {
  std::string_view rest = text_.substr(at_);
  std::size_t size = VersionText::size_in(rest);
  std::string_view literal = rest.substr(0, size), behind = rest.substr(size);
  bool names_fact =
      behind.size() > 1 && behind.front() == '.' && (begins_name(behind[1]) || behind[1] == '`');
  if (names_fact && is_identifier(literal)) {
    fail(text_, at_, '"' + std::string(literal) + "\" is a version, and begins no path",
         "write `" + std::string(literal) + "` for a fact of that name");
  }
  if (!behind.empty() && (is_name(behind.front()) ||
                          std::string_view(".-+").find(behind.front()) != std::string_view::npos)) {
    fail(text_, at_ + size, "a version cannot go on like this",
         "versions are written v12.4.1, v2.2.0rc1, v1.0-beta.2 or v2.1.0+cu118");
  }
  return take(TokenKind::Version, size);
}

Token Lexer::name() {
  std::size_t end = segment_end(at_);
  while (end < text_.size() && text_[end] == '.') end = segment_end(end + 1);
  return take(TokenKind::Name, end - at_);
}

// The end of the part of a path that begins at `at`.
std::size_t Lexer::segment_end(std::size_t at) const {
  if (at < text_.size() && text_[at] == '`') return back_ticks_end(at);
  if (at == text_.size() || !begins_name(text_[at])) fail(text_, at, "expected a name after \".\"");
  while (at < text_.size() && is_name(text_[at])) ++at;
  return at;
}

std::size_t Lexer::back_ticks_end(std::size_t at) const {
  for (std::size_t i = at + 1; i < text_.size(); ++i) {
    if (is_control(text_, i)) fail(text_, i, "control character in a name");
    if (text_[i] != '`') continue;
    if (i == at + 1 && text_.substr(i, 2) != "``") fail(text_, at, "a name cannot be empty");
    if (text_.substr(i, 2) != "``") return i + 1;
    ++i;
  }
  fail(text_, at, "unclosed back-tick", "the name ends at the next `, and `` stands for one in it");
}

std::size_t Lexer::digits(std::size_t at) const {
  std::size_t end = at;
  while (end < text_.size() && is_digit(text_[end])) ++end;
  return end;
}

Token Lexer::number() {
  auto peek = [this](std::size_t at) { return at < text_.size() ? text_[at] : '\0'; };
  std::size_t begin = at_ + (text_[at_] == '-' ? 1 : 0);
  std::size_t end = digits(begin);
  if (end == begin) fail_at_character(text_, at_);
  if (text_[begin] == '0' && end > begin + 1) fail(text_, at_, "a number cannot begin with 0");
  if (peek(end) == '.' && is_digit(peek(end + 1))) end = digits(end + 1);
  if (peek(end) == 'e' || peek(end) == 'E') {
    std::size_t exponent = end + (peek(end + 1) == '+' || peek(end + 1) == '-' ? 2 : 1);
    if (is_digit(peek(exponent))) end = digits(exponent);
  }
  if (is_name(peek(end))) {
    fail(text_, end, "a number cannot be followed by letters",
         "names begin with a letter, and text stands in quotes");
  }
  return take(TokenKind::Number, end - at_);
}

Token Lexer::string() {
  char quote = text_[at_];
  for (std::size_t i = at_ + 1; i < text_.size(); ++i) {
    if (text_[i] == quote) return take(TokenKind::String, i + 1 - at_);
    if (static_cast<unsigned char>(text_[i]) < 0x20) {
      fail(text_, i, "control character in a string", "write it as \\n, \\t or \\u0000");
    }
    if (text_[i] == '\\') ++i;
  }
  fail(text_, at_, "unclosed string", std::string("it ends at the next ") + quote);
}

Token Lexer::symbol() {
  std::string_view rest = text_.substr(at_);
  for (std::string_view op : {"==", "!=", "<=", ">="}) {
    if (rest.starts_with(op)) return take(TokenKind::Operator, 2);
  }
  if (const Slip* slip = slip_at(rest)) {
    fail(text_, at_, "unknown operator \"" + std::string(slip->text) + '"',
         std::string(slip->hint));
  }
  switch (rest.front()) {
    case '<':
    case '>':
      return take(TokenKind::Operator, 1);
    case '(':
      return take(TokenKind::Open, 1);
    case ')':
      return take(TokenKind::Close, 1);
    case '[':
      return take(TokenKind::OpenList, 1);
    case ']':
      return take(TokenKind::CloseList, 1);
    case ',':
      return take(TokenKind::Comma, 1);
    case '&':
      return take(TokenKind::And, 1);
    case '|':
      return take(TokenKind::Or, 1);
    case '~':
      return take(TokenKind::Not, 1);
    default:
      fail_at_character(text_, at_);
  }
}

namespace {

bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

// The four hex digits behind a `\u`, whose backslash is at `at`.
unsigned code_unit(std::string_view text, std::size_t at) {
  std::string_view digits = text.substr(std::min(text.size(), at + 2), 4);
  if (digits.size() < 4 || !std::all_of(digits.begin(), digits.end(), is_hex)) {
    fail(text, at, "\\u takes four hexadecimal digits");
  }
  unsigned value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
  return value;
}

// The size of the escape at `at`, with both halves of a surrogate pair.
std::size_t escape_size(std::string_view text, std::size_t at) {
  constexpr std::string_view simple = "\"\\/bfnrt'";
  if (simple.find(text[at + 1]) != std::string_view::npos) return 2;
  if (text[at + 1] != 'u') {
    fail(text, at, "unknown escape", R"(the escapes are \" \' \\ \/ \b \f \n \r \t \u0000)");
  }
  unsigned unit = code_unit(text, at);
  if (unit < 0xD800 || unit > 0xDFFF) return 6;
  bool paired = unit < 0xDC00 && text.substr(at + 6, 2) == "\\u";
  unsigned low = paired ? code_unit(text, at + 6) : 0;
  if (low < 0xDC00 || low > 0xDFFF) fail(text, at, "half of a surrogate pair");
  return 12;
}

}  // namespace

Json string_value(std::string_view text, const Token& token) {
  std::string_view content = token.text.substr(1, token.text.size() - 2);
  std::size_t escape = content.find('\\');
  if (escape == std::string_view::npos) return std::string(content);
  while (escape != std::string_view::npos) {
    escape = content.find('\\', escape + escape_size(text, token.offset + 1 + escape));
  }
  return unescape(content);
}

namespace {

// Whether the whole token is a number of that type.
template <typename Number>
bool reads_as(std::string_view token, Number& number) {
  auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), number);
  return error == std::errc() && end == token.data() + token.size();
}

}  // namespace

Json number_value(std::string_view text, const Token& token) {
  std::uint64_t natural = 0;
  if (reads_as(token.text, natural)) return natural;
  std::int64_t integer = 0;
  if (reads_as(token.text, integer)) return integer;
  double number = 0;
  if (!reads_as(token.text, number)) fail(text, token.offset, "a number out of range");
  return number_of(token.text, number);
}

std::vector<std::string> name_keys(std::string_view name) {
  std::vector<std::string> keys(1);
  bool quoted = false;
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (quoted && name.substr(i, 2) == "``") {
      keys.back() += name[i++];
    } else if (name[i] == '`') {
      quoted = !quoted;
    } else if (name[i] == '.' && !quoted) {
      keys.emplace_back();
    } else {
      keys.back() += name[i];
    }
  }
  return keys;
}

bool is_identifier(std::string_view text) {
  return !text.empty() && begins_name(text.front()) &&
         std::all_of(text.begin(), text.end(), is_name);
}

bool is_keyword(std::string_view name) {
  constexpr std::array<std::string_view, 8> keywords = {"true", "false", "null", "in",
                                                        "glob", "and",   "or",   "not"};
  return std::find(keywords.begin(), keywords.end(), name) != keywords.end();
}

bool is_version_literal(std::string_view identifier) {
  return identifier.starts_with('v') && VersionText::of(identifier).has_value();
}

}  // namespace reg::ast
