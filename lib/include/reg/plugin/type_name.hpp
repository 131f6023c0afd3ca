#pragma once
/// @file plugin/type_name.hpp
/// The name of a type while it is compiled.

#include <array>
#include <cstddef>
#include <string_view>

namespace reg::plugin {

/// The name of the function's template argument, as the compiler writes it.
template <typename Type>
consteval std::string_view written_name() {
  // `… [with Type = demo::Png]` (GCC, which may go on with `; …`), `… [Type = demo::Png]` (clang)
  const std::string_view text = __PRETTY_FUNCTION__;
  const std::size_t begin = text.find("Type = ") + 7;
  std::size_t end = text.size() - 1;
  if (const std::size_t next = text.find("; std::string_view = ", begin); next != text.npos)
    end = next;
  return text.substr(begin, end - begin);
}

/// The same for every compiler: without nameless namespaces, and with `_` for blanks.
template <std::size_t Room>
struct ReadableName {
  std::array<char, Room + 1> text = {};  // ended by NUL
  std::size_t size = 0;

  consteval explicit ReadableName(std::string_view written) {
    while (!written.empty()) {
      bool skipped = false;
      for (const std::string_view nameless :
           {std::string_view("{anonymous}::"), std::string_view("(anonymous namespace)::"),
            std::string_view("<unnamed>::")}) {
        if (!written.starts_with(nameless)) continue;
        written.remove_prefix(nameless.size());
        skipped = true;
      }
      if (skipped) continue;
      text[size++] = written.front() == ' ' ? '_' : written.front();
      written.remove_prefix(1);
    }
  }
  [[nodiscard]] constexpr const char* data() const { return text.data(); }
  [[nodiscard]] constexpr std::string_view view() const { return {text.data(), size}; }
};

/// A type's name as it stands in a target: `demo::Png`.
template <typename Type>
inline constexpr ReadableName<written_name<Type>().size()> type_name{written_name<Type>()};

}  // namespace reg::plugin
