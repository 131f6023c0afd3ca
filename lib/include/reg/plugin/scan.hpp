#pragma once
/// @file plugin/scan.hpp
/// Kinds of characters, UTF-8 and the texts of versions: what the grammar of predicates and the
/// rules for names are made of, for compilers and for the library alike.

#include <cstddef>
#include <string_view>

namespace reg::grammar {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
constexpr bool begins_name(char c) { return is_letter(c) || c == '_'; }
constexpr bool is_name(char c) { return begins_name(c) || is_digit(c); }
constexpr bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
constexpr bool is_hex(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
constexpr unsigned char byte_of(char c) { return static_cast<unsigned char>(c); }
/// Whether a byte goes on with a code point that began before it.
constexpr bool continues_point(char c) { return (byte_of(c) & 0xC0) == 0x80; }

/// How many characters at the start of the text belong to a kind.
template <typename Belongs>
constexpr std::size_t run(std::string_view text, Belongs belongs) {
  std::size_t size = 0;
  while (size < text.size() && belongs(text[size])) ++size;
  return size;
}

constexpr bool is_identifier(std::string_view text) {
  return !text.empty() && begins_name(text.front()) && run(text, is_name) == text.size();
}

/// The length of the well-formed UTF-8 sequence (RFC 3629) at the start of a text that is not
/// empty; 0: there is none.
constexpr std::size_t sequence_length(std::string_view text) {
  const unsigned char lead = byte_of(text[0]);
  if (lead < 0x80) return 1;
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < length) return 0;
  const unsigned char second = byte_of(text[1]);
  const unsigned char low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  const unsigned char high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  if (second < low || second > high) return 0;
  for (std::size_t i = 2; i < length; ++i) {
    if (!continues_point(text[i])) return 0;
  }
  return length;
}

/// The number of bytes before the first that is not UTF-8.
constexpr std::size_t utf8_prefix(std::string_view text) {
  // Nothing is called for ASCII: compilers count what they do for a declaration, and give up.
  const char* const bytes = text.data();
  const std::size_t size = text.size();
  std::size_t at = 0;
  while (at < size) {
    while (at < size && (static_cast<unsigned char>(bytes[at]) & 0x80) == 0) ++at;
    if (at == size) break;
    const std::size_t length = sequence_length({bytes + at, size - at});
    if (length == 0) break;
    at += length;
  }
  return at;
}

/// Whether a control character begins there: C0, DEL and C1.
constexpr bool is_control(std::string_view text, std::size_t at) {
  const unsigned char byte = byte_of(text[at]);
  if (byte == 0xC2) return at + 1 < text.size() && byte_of(text[at + 1]) <= 0x9F;
  return byte < 0x20 || byte == 0x7F;
}

constexpr bool is_version_word(char c) { return is_digit(c) || is_letter(c) || c == '-'; }
constexpr bool is_ignored_word(char c) { return is_version_word(c) || c == '_'; }

/// The size of the words, with single dots between them, that the text begins with; 0: it begins
/// with none.
template <typename Belongs>
constexpr std::size_t dotted(std::string_view text, Belongs belongs) {
  std::size_t end = run(text, belongs);
  while (end != 0 && end < text.size() && text[end] == '.') {
    const std::size_t word = run(text.substr(end + 1), belongs);
    if (word == 0) break;
    end += 1 + word;
  }
  return end;
}

/// The parts of the longest version without a "v" that a text begins with, by their sizes.
struct VersionSizes {
  std::size_t release = 0;  ///< dotted numbers; 0: it begins with no version
  std::size_t before = 0;   ///< the pre-release, `rc1` or `-rc.1`
  std::size_t ignored = 0;  ///< `+x`

  [[nodiscard]] constexpr std::size_t all() const { return release + before + ignored; }
};

constexpr std::size_t pre_release_size(std::string_view text) {
  if (text.starts_with('-')) {
    const std::size_t words = dotted(text.substr(1), is_version_word);
    return words == 0 ? 0 : 1 + words;
  }
  const std::size_t tag = text.starts_with("rc")                           ? 2
                          : text.starts_with('a') || text.starts_with('b') ? 1
                                                                           : 0;
  const std::size_t number = tag == 0 ? 0 : run(text.substr(tag), is_digit);
  return number == 0 ? 0 : tag + number;
}

constexpr VersionSizes version_sizes(std::string_view text) {
  VersionSizes sizes;
  sizes.release = dotted(text, is_digit);
  if (sizes.release == 0) return sizes;
  text.remove_prefix(sizes.release);
  sizes.before = pre_release_size(text);
  text.remove_prefix(sizes.before);
  const std::size_t words = text.starts_with('+') ? dotted(text.substr(1), is_ignored_word) : 0;
  sizes.ignored = words == 0 ? 0 : 1 + words;
  return sizes;
}

/// Whether an identifier is a version literal: `v2`, `v2rc1`.
constexpr bool is_version_literal(std::string_view identifier) {
  if (!identifier.starts_with('v')) return false;
  const VersionSizes sizes = version_sizes(identifier.substr(1));
  return sizes.release != 0 && 1 + sizes.all() == identifier.size();
}

}  // namespace reg::grammar
