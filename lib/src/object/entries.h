#pragma once
// The entries of the section `reg_manifest`: `\x1eREG1 `, JSON, newline, with NULs between them.

#include <compare>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace reg {

inline constexpr std::string_view manifest_section = "reg_manifest";

// One declaration, as it was compiled.
struct ObjectEntry {
  std::string_view json = {};
  std::size_t number = 0;    // in the section, from 1
  std::string problem = {};  // why it cannot be read
  std::string hint = {};
};

// By their places in the C++ sources; those that name none come after, in the order of the section,
// which is the compiler's and the linker's own. Where one is not laid out as it must be, what
// follows it is not looked at.
std::vector<ObjectEntry> entries_of(std::string_view section);

// Where it stands in the C++ source.
struct DeclaredAt {
  std::string path;
  unsigned line = 0;
  unsigned nth = 0;  // of several in the line, in their order; 0 also where it is not said
  friend auto operator<=>(const DeclaredAt&, const DeclaredAt&) = default;
};
// Also of an entry that is not whole; nullopt: it does not say.
std::optional<DeclaredAt> declared_at(std::string_view json);

// What a message says of its place: "declared at png.cpp:3".
std::string place_in_words(const ObjectEntry& entry);

}  // namespace reg
