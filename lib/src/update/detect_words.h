#pragma once
// The words by which one file shows how it registers.

#include <manifest/scan_settings.h>
#include <string>
#include <string_view>
#include <vector>

namespace reg {

// What speaks for a preset: "import mmengine".
struct Sign {
  std::string preset, reason;
};
// In a file of that language at this path (relative, with `/`).
std::vector<Sign> signs_in(Language language, std::string_view path, std::string_view content);

}  // namespace reg
