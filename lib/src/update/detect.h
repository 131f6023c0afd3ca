#pragma once
// Which kinds of registrations the code in a folder has: what `reg init` proposes to read.

#include <reg/workspace.h>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace reg {

struct Detected {
  std::vector<DetectedCode> code;  // the presets in their order, then classes of the folder's own
  std::string scans;               // the `[[scan]]`s, each below a comment that says why; ends with
                                   // an empty line where there are any
  std::vector<std::string> environments;  // folders of virtual environments, relative
  std::map<std::string, std::string, std::less<>> of_preset;  // its part of `scans`

  // Leaves a preset out again.
  void drop(std::string_view preset);
};

// Looks for words in files, in the order of their names, up to this many files and bytes; it enters
// what `discover` enters, and leaves out hidden files, `build` and virtual environments. What
// cannot be read is passed by: the folder becomes a workspace whatever is in it.
inline constexpr std::size_t most_files_detected = 20000;
inline constexpr std::size_t most_bytes_detected = std::size_t{64} << 20;
Detected detect(const std::filesystem::path& root);

}  // namespace reg
