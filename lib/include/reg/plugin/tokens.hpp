#pragma once
/// @file plugin/tokens.hpp
/// The tokens of a predicate's text, for compilers and for the library alike.

#include <array>
#include <cstddef>
#include <cstdint>
#include <reg/plugin/scan.hpp>
#include <string_view>

namespace reg::grammar {

// Not measured anew each time that a compiler comes by.
using namespace std::string_view_literals;

/// What is wrong with a text, in pieces that need no memory. The message is `what`, then `piece` in
/// quotes if there is one, then `after`.
struct Problem {
  std::size_t offset = 0;  ///< bytes from the start of the text
  std::string_view what = {};
  std::string_view piece = {};
  std::string_view after = {};
  std::string_view hint = {};  ///< what to do about it; then `name` in back-ticks, and `hint_end`
  std::string_view name = {};
  std::string_view hint_end = {};

  [[nodiscard]] constexpr bool is_one() const { return !what.empty() || !piece.empty(); }
};
[[gnu::visibility("hidden")]] inline constexpr std::string_view for_a_fact =
    " for a fact of that name";

/// A Name is a whole path, `a.b`, with its back-ticks; keywords are names too. Wrong is what cannot
/// be read.
enum class TokenKind : std::uint8_t {
  End,
  Wrong,
  Name,
  Version,
  Number,
  String,
  Open,
  Close,
  OpenList,
  CloseList,
  Comma,
  And,
  Or,
  Not,
  Operator
};

struct Token {
  TokenKind kind = TokenKind::End;
  std::size_t offset = 0;  ///< bytes from the start of the text
  std::string_view text = {};
};

/// A name that stands for something in the grammar, so that it cannot be a path's first part or a
/// predicate's name. `and`, `or` and `not` are among them, which lets each be answered with the
/// sign to use instead.
constexpr bool is_keyword(std::string_view name) {
  switch (name.size()) {
    case 2:
      return name == "in"sv || name == "or"sv;
    case 3:
      return name == "and"sv || name == "not"sv;
    case 4:
      return name == "true"sv || name == "null"sv || name == "glob"sv;
    case 5:
      return name == "false"sv;
    default:
      return false;
  }
}

/// What people write who know another language.
struct Slip {
  std::string_view text, hint;
};
[[gnu::visibility("hidden")]] inline constexpr std::array<Slip, 9> slips = {
    {{"&&", "write \"&\" for and"},
     {"||", "write \"|\" for or"},
     {"<>", "did you mean \"!=\"?"},
     {"=~", "\"glob\" matches patterns: name glob \"res*\""},
     {"!~", "write ~(name glob \"res*\")"},
     {"=<", "did you mean \"<=\"?"},
     {"=>", "did you mean \">=\"?"},
     {"=", "did you mean \"==\"?"},
     {"!", "write \"~\" for not"}}};

/// Reads one token after the other. `text` must be valid UTF-8 and outlive what is read.
class Lexer {
 public:
  constexpr explicit Lexer(std::string_view text) : text_(text) {}

  constexpr Token next() {
    while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
    if (at_ == text_.size()) return take(TokenKind::End, 0);
    const char c = text_[at_];
    if (begins_name(c)) return name_or_version();
    if (c == '`') return name();
    if (is_digit(c) || c == '-') return number();
    if (c == '"' || c == '\'') return string();
    return symbol();
  }
  /// What made the last token a Wrong one.
  [[nodiscard]] constexpr const Problem& problem() const { return problem_; }
  [[nodiscard]] constexpr std::string_view text() const { return text_; }

 private:
  constexpr Token take(TokenKind kind, std::size_t size) {
    const Token token{kind, at_, text_.substr(at_, size)};
    at_ += size;
    return token;
  }
  constexpr Token fail(const Problem& problem) {
    problem_ = problem;
    return {TokenKind::Wrong, problem.offset, {}};
  }
  [[nodiscard]] constexpr char peek(std::size_t at) const {
    return at < text_.size() ? text_[at] : '\0';
  }
  [[nodiscard]] constexpr std::size_t digits(std::size_t at) const {
    return at + run(text_.substr(at), is_digit);
  }

  // `v2` and `v2rc1` are versions, `v2_device` is a name.
  constexpr Token name_or_version() {
    const std::string_view rest = text_.substr(at_);
    if (rest.size() < 2 || rest[0] != 'v' || !is_digit(rest[1])) return name();
    return is_version_literal(rest.substr(0, run(rest, is_name))) ? version() : name();
  }

  constexpr Token version() {
    const std::string_view rest = text_.substr(at_);
    const std::size_t size = 1 + version_sizes(rest.substr(1)).all();
    const std::string_view literal = rest.substr(0, size), behind = rest.substr(size);
    const bool names_fact =
        behind.size() > 1 && behind.front() == '.' && (begins_name(behind[1]) || behind[1] == '`');
    if (names_fact && is_identifier(literal)) {
      return fail(
          {at_, {}, literal, " is a version, and begins no path", "write ", literal, for_a_fact});
    }
    if (!behind.empty() && (is_name(behind.front()) || behind.front() == '.' ||
                            behind.front() == '-' || behind.front() == '+')) {
      return fail({.offset = at_ + size,
                   .what = "a version cannot go on like this",
                   .hint = "versions are written v12.4.1, v2.2.0rc1, v1.0-beta.2 or v2.1.0+cu118"});
    }
    return take(TokenKind::Version, size);
  }

  constexpr Token name() {
    std::size_t end = at_;
    do {
      if (end != at_) ++end;  // the dot
      if (!segment(end)) return {TokenKind::Wrong, problem_.offset, {}};
    } while (peek(end) == '.');
    return take(TokenKind::Name, end - at_);
  }

  // Moves to the end of the part of a path that begins there.
  constexpr bool segment(std::size_t& at) {
    if (peek(at) == '`') return back_ticks(at);
    if (!begins_name(peek(at))) {
      fail({.offset = at, .what = "expected a name after \".\""});
      return false;
    }
    at += run(text_.substr(at), is_name);
    return true;
  }

  constexpr bool back_ticks(std::size_t& at) {
    for (std::size_t i = at + 1; i < text_.size(); ++i) {
      if (is_control(text_, i)) {
        fail({.offset = i, .what = "control character in a name"});
        return false;
      }
      if (text_[i] != '`') continue;
      if (peek(i + 1) == '`') {
        ++i;
      } else if (i == at + 1) {
        fail({.offset = at, .what = "a name cannot be empty"});
        return false;
      } else {
        at = i + 1;
        return true;
      }
    }
    fail({.offset = at,
          .what = "unclosed back-tick",
          .hint = "the name ends at the next `, and `` stands for one in it"});
    return false;
  }

  constexpr Token number() {
    const std::size_t begin = at_ + (text_[at_] == '-' ? 1 : 0);
    std::size_t end = digits(begin);
    if (end == begin) return fail_at_character();
    if (text_[begin] == '0' && end > begin + 1)
      return fail({.offset = at_, .what = "a number cannot begin with 0"});
    if (peek(end) == '.' && is_digit(peek(end + 1))) end = digits(end + 1);
    if (peek(end) == 'e' || peek(end) == 'E') {
      const std::size_t exponent = end + (peek(end + 1) == '+' || peek(end + 1) == '-' ? 2 : 1);
      if (is_digit(peek(exponent))) end = digits(exponent);
    }
    if (is_name(peek(end))) {
      return fail({.offset = end,
                   .what = "a number cannot be followed by letters",
                   .hint = "names begin with a letter, and text stands in quotes"});
    }
    return take(TokenKind::Number, end - at_);
  }

  constexpr Token string() {
    const char quote = text_[at_];
    for (std::size_t i = at_ + 1; i < text_.size(); ++i) {
      if (text_[i] == quote) return take(TokenKind::String, i + 1 - at_);
      if (byte_of(text_[i]) < 0x20) {
        return fail({.offset = i,
                     .what = "control character in a string",
                     .hint = "write it as \\n, \\t or \\u0000"});
      }
      if (text_[i] == '\\') ++i;
    }
    return fail({.offset = at_,
                 .what = "unclosed string",
                 .hint = quote == '"' ? "it ends at the next \"" : "it ends at the next '"});
  }

  constexpr Token symbol() {
    const char c = text_[at_];
    const bool compares = c == '<' || c == '>' || c == '=' || c == '!';
    if (compares && peek(at_ + 1) == '=') return take(TokenKind::Operator, 2);
    const char next = peek(at_ + 1);
    const bool is_pair = next == c || next == '>' || next == '<' || next == '~' || next == '=';
    if (c == '=' || c == '!' || ((compares || c == '&' || c == '|') && is_pair)) {
      for (const Slip& slip : slips) {
        if (c == slip.text[0] && text_.substr(at_, slip.text.size()) == slip.text)
          return fail({at_, "unknown operator ", slip.text, {}, slip.hint});
      }
    }
    const TokenKind kind = sign_kind(c);
    return kind == TokenKind::Wrong ? fail_at_character() : take(kind, 1);
  }

  static constexpr TokenKind sign_kind(char c) {
    switch (c) {
      case '<':
      case '>':
        return TokenKind::Operator;
      case '(':
        return TokenKind::Open;
      case ')':
        return TokenKind::Close;
      case '[':
        return TokenKind::OpenList;
      case ']':
        return TokenKind::CloseList;
      case ',':
        return TokenKind::Comma;
      case '&':
        return TokenKind::And;
      case '|':
        return TokenKind::Or;
      case '~':
        return TokenKind::Not;
      default:
        return TokenKind::Wrong;
    }
  }

  constexpr Token fail_at_character() {
    const std::string_view rest = text_.substr(at_);
    std::string_view hint;
    if (rest[0] == '.') hint = "a version literal begins with \"v\": v12.4.1";
    if (rest[0] == '-')
      hint = "names have letters, digits and \"_\" only, or stand in back-ticks: `max-batch`";
    if (rest[0] == '{') hint = "objects cannot be written in a predicate";
    const std::size_t size = 1 + run(rest.substr(1), continues_point);
    return fail({at_, "unexpected character ", rest.substr(0, size), {}, hint});
  }

  std::string_view text_;
  std::size_t at_ = 0;
  Problem problem_ = {};
};

/// What is wrong with the escapes of a String token.
class Escapes {
 public:
  constexpr explicit Escapes(const Token& token) : token_(token) {
    const std::size_t end = token.text.size() - 1;
    for (std::size_t at = 1; at < end && !problem_.is_one();)
      at += token.text[at] == '\\' ? size(at) : 1;
  }
  [[nodiscard]] constexpr const Problem& problem() const { return problem_; }

 private:
  // The size of the escape at `at`, with both halves of a surrogate pair.
  constexpr std::size_t size(std::size_t at) {
    const char kind = token_.text[at + 1];
    if (std::string_view("\"\\/bfnrt'").find(kind) != std::string_view::npos) return 2;
    if (kind != 'u') {
      return fail(at, {.what = "unknown escape",
                       .hint = "the escapes are \\\" \\' \\\\ \\/ \\b \\f \\n \\r \\t \\u0000"});
    }
    const unsigned unit = code_unit(at);
    if (unit < 0xD800 || unit > 0xDFFF) return 6;
    const bool paired = unit < 0xDC00 && token_.text.substr(at + 6, 2) == "\\u";
    const unsigned low = paired ? code_unit(at + 6) : 0;
    if (low < 0xDC00 || low > 0xDFFF) return fail(at, {.what = "half of a surrogate pair"});
    return 12;
  }

  // The four hex digits behind a `\u`, whose backslash is at `at`.
  constexpr unsigned code_unit(std::size_t at) {
    const std::string_view digits = token_.text.substr(at + 2, 4);
    if (digits.size() < 4 || run(digits, is_hex) < 4) {
      fail(at, {.what = "\\u takes four hexadecimal digits"});
      return 0;
    }
    unsigned value = 0;
    for (const char c : digits)
      value = value * 16 + (is_digit(c) ? byte_of(c) - 0x30U : (byte_of(c) | 0x20U) - 0x57U);
    return value;
  }

  // The first is kept.
  constexpr std::size_t fail(std::size_t at, Problem problem) {
    problem.offset = token_.offset + at;
    if (!problem_.is_one()) problem_ = problem;
    return 6;
  }

  const Token& token_;
  Problem problem_ = {};
};

}  // namespace reg::grammar
