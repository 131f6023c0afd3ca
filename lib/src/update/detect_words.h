#pragma once
// The words by which one file shows how it registers.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace reg {

enum class CodeKind : std::uint8_t { None, Python, Cpp, EntryPoints, Xml };
// Of a file at this path (relative, with `/`).
CodeKind code_kind_of(std::string_view path);

// What speaks for a preset: "import mmengine".
struct Sign {
  std::string preset, reason;
};
std::vector<Sign> signs_in(CodeKind kind, std::string_view path, std::string_view content);

}  // namespace reg
