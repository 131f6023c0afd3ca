#pragma once
/// @file plugin/type_name.hpp
/// The name of a type while it is compiled.

#include <array>
#include <cstddef>
#include <reg/plugin/scan.hpp>
#include <string_view>

namespace reg::plugin {

/// The name of the function's template argument, as the compiler writes it.
template <typename Type>
consteval std::string_view written_name() {
  // `… [with Type = demo::Png; …]` (GCC), `… [Type = demo::Png]` (clang)
  const std::string_view text = __PRETTY_FUNCTION__;
  const std::size_t begin = text.find("Type = ") + 7;
  std::size_t end = text.size() - 1;
  if (const std::size_t next = text.find("; std::string_view = ", begin); next != text.npos)
    end = next;
  return text.substr(begin, end - begin);
}

/// The name as both compilers give it, as far as it can be told from what they write: without
/// nameless namespaces and the inline ones of the standard library, blanks only as `_` between two
/// words, integers by their shortest name (`unsigned_long`), and a blank in quotes as `\x20`.
///
/// What differs, since a text does not tell: GCC writes the inline namespaces of users
/// (`demo::v2::Png`), clang leaves them out (`demo::Png`); GCC writes a template's default
/// arguments, clang leaves them out; `5U` of an `auto` parameter, control characters, pointers,
/// objects and `unsigned __int128` as arguments are written as each does. An interface
/// that code of both compilers shares has a name without these.
template <std::size_t Room>
struct ReadableName {
  std::array<char, Room + 1> text = {};  ///< ended by a NUL
  std::size_t size = 0;

  consteval explicit ReadableName(std::string_view written) {
    char before = ' ';  // what was written before
    while (!written.empty()) {
      const char c = written.front();
      const bool begins_word = grammar::begins_name(c) && !grammar::is_name(before);
      before = c;
      if (c == '\'') {
        quoted(written);
      } else if (begins_word && integer(written)) {
        before = 't';
      } else if (begins_word ? !inline_namespace(written) : !nameless(written)) {
        written.remove_prefix(1);
        if (c != ' ')
          text[size++] = c;
        else if (ends_word() && !written.empty() && grammar::begins_name(written.front()))
          text[size++] = '_';
      } else {
        before = ':';
      }
    }
  }
  [[nodiscard]] constexpr const char* data() const { return text.data(); }
  [[nodiscard]] constexpr std::string_view view() const { return {text.data(), size}; }

 private:
  static consteval bool take(std::string_view& written, std::string_view beginning) {
    if (!written.starts_with(beginning)) return false;
    written.remove_prefix(beginning.size());
    return true;
  }
  static consteval bool nameless(std::string_view& written) {
    const char c = written.front();
    return (c == '{' || c == '(' || c == '<') &&
           (take(written, "{anonymous}::") || take(written, "(anonymous namespace)::") ||
            take(written, "<unnamed>::"));
  }
  static consteval bool inline_namespace(std::string_view& written) {
    return written.front() == '_' && (take(written, "__cxx11::") || take(written, "__1::"));
  }
  [[nodiscard]] consteval bool ends_word() const {
    return size != 0 && grammar::is_name(text[size - 1]);
  }
  // A character as it is, since names have no blanks.
  consteval void quoted(std::string_view& written) {
    const bool escaped = written.size() > 1 && written[1] == '\\';
    std::size_t end = written.find('\'', escaped ? 3 : 2);
    end = end == written.npos ? written.size() : end + 1;
    for (const char c : written.substr(0, end)) {
      if (c != ' ')
        text[size++] = c;
      else
        for (const char escape : std::string_view("\\x20")) text[size++] = escape;
    }
    written.remove_prefix(end);
  }
  consteval void add(std::string_view word) {
    if (ends_word() && text[size - 1] != '_') text[size++] = '_';
    for (const char c : word) text[size++] = c;
  }
  static consteval bool take_word(std::string_view& written, std::string_view word) {
    const std::string_view behind = written.substr(written.starts_with(word) ? word.size() : 0);
    if (behind.size() == written.size()) return false;
    if (!behind.empty() && grammar::is_name(behind.front())) return false;
    written = behind;
    if (written.size() > 1 && written[0] == ' ' && grammar::begins_name(written[1]))
      written.remove_prefix(1);
    return true;
  }
  // `long unsigned int` as `unsigned_long`, as the other compiler writes it.
  consteval bool integer(std::string_view& written) {
    if (std::string_view("lsui").find(written.front()) == written.npos) return false;
    std::string_view rest = written;
    int longs = 0, shorts = 0, naturals = 0, ints = 0;
    for (bool more = true; more;) {
      more = true;
      if (take_word(rest, "long"))
        ++longs;
      else if (take_word(rest, "short"))
        ++shorts;
      else if (take_word(rest, "unsigned"))
        ++naturals;
      else if (take_word(rest, "int"))
        ++ints;
      else
        more = false;
    }
    if (longs + shorts + ints == 0) return false;  // `unsigned char`
    if (rest.starts_with("double") && longs == 1) return false;
    if (naturals != 0) add("unsigned");
    for (int i = 0; i < longs; ++i) add("long");
    if (shorts != 0) add("short");
    if (longs + shorts == 0) add("int");
    if (!rest.empty() && grammar::begins_name(rest.front())) text[size++] = '_';
    written = rest;
    return true;
  }
};

/// The most bytes that a name can become.
constexpr std::size_t readable_room(std::string_view written) {
  return written.size() + (written.find('\'') == written.npos ? 0 : 3 * written.size());
}

/// A type's name as it stands in a target: `demo::Png`. Hidden, since what is unique among all
/// libraries of a process keeps a library from being unloaded.
template <typename Type>
[[gnu::visibility("hidden")]] inline constexpr ReadableName<readable_room(written_name<Type>())>
    type_name{written_name<Type>()};

}  // namespace reg::plugin
