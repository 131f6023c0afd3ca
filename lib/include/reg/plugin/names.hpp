#pragma once
/// @file plugin/names.hpp
/// Which names can be a registry's, an oid or a target, or a field's, for compilers and for the
/// library alike.

#include <cstddef>
#include <reg/plugin/scan.hpp>
#include <string_view>

namespace reg::grammar {

inline constexpr std::size_t longest_name = 1024;  ///< in bytes

constexpr bool is_registry_character(char c) {
  return is_name(c) || c == '.' || c == ':' || c == '-';
}

/// Why a name cannot be a registry's; empty if it can.
constexpr std::string_view registry_problem(std::string_view name) {
  if (name.empty()) return "a registry's name cannot be empty";
  if (name.size() > longest_name) return "a registry's name cannot be longer than 1,024 bytes";
  if (run(name, is_registry_character) != name.size())
    return "a registry's name has only ASCII letters, digits and _ . : -";
  return {};
}

/// Whether a byte is the first of one of those that the next function knows.
constexpr bool begins_wide_blank(unsigned char byte) {
  return byte == 0xC2 || (byte >= 0xE1 && byte <= 0xE3) || byte == 0xEF;
}

/// Whether a white space or control character of Unicode that is longer than one byte begins a
/// text.
constexpr bool begins_with_wide_blank(std::string_view text) {
  if (text.size() < 2) return false;
  if (byte_of(text[0]) == 0xC2 && byte_of(text[1]) <= 0x9F) return true;
  // U+2000 to U+200A
  if (text.starts_with("\xE2\x80") && text.size() > 2 && byte_of(text[2]) <= 0x8A) return true;
  for (const std::string_view blank :
       {"\xC2\xA0" /* U+00A0 */, "\xE1\x9A\x80" /* U+1680 */, "\xE2\x80\xA8" /* U+2028 */,
        "\xE2\x80\xA9" /* U+2029 */, "\xE2\x80\xAF" /* U+202F */, "\xE2\x81\x9F" /* U+205F */,
        "\xE3\x80\x80" /* U+3000 */, "\xEF\xBB\xBF" /* U+FEFF */}) {
    if (text.starts_with(blank)) return true;
  }
  return false;
}

/// Why a text cannot be an oid or a target; empty if it can.
constexpr std::string_view object_problem(std::string_view name) {
  if (name.empty()) return "it cannot be empty";
  if (name.size() > longest_name) return "it cannot be longer than 1,024 bytes";
  if (utf8_prefix(name) != name.size()) return "it is not UTF-8";
  for (std::size_t i = 0; i < name.size(); ++i) {
    const unsigned char byte = byte_of(name[i]);
    if (byte > 0x20 && byte < 0x7F) continue;
    if (byte <= 0x7F || (begins_wide_blank(byte) && begins_with_wide_blank(name.substr(i))))
      return "it cannot have white space or control characters";
  }
  return {};
}

/// Why a name cannot be a field's; empty if it can.
constexpr std::string_view field_problem(std::string_view name) {
  if (name.empty()) return "a field's name cannot be empty";
  if (name.size() > longest_name) return "a field's name cannot be longer than 1,024 bytes";
  if (name == "registry") return "\"registry\" is what every symbol has and cannot be a field";
  if (name == "oid") return "\"oid\" is what every symbol has and cannot be a field";
  if (name == "target") return "\"target\" is what every symbol has and cannot be a field";
  if (name == "self") return "\"self\" is what every symbol has and cannot be a field";
  if (name == "origin" || name.starts_with("origin."))
    return "\"origin\" is who publishes a symbol: no field has this name, or one that begins with "
           "\"origin.\"";
  return {};
}

/// Whether the name is private to a program: no source can declare it.
constexpr bool is_private_name(std::string_view name) { return name.starts_with("__"); }

/// What follows a target's last `.`, `:` or `/`.
constexpr std::string_view last_component(std::string_view target) {
  return target.substr(target.find_last_of(".:/") + 1);
}

}  // namespace reg::grammar
