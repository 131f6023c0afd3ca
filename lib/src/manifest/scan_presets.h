#pragma once
// The presets of `[[scan]]`: how known projects write their registrations.

#include <manifest/scan_settings.h>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace reg {

struct ScanPreset {
  std::string_view name;
  std::string_view summary;    // one line
  std::string_view languages;  // "python", "C++, XML"
  // The `[[scan]]`s that say the same, to be copied and changed. Where the rules are code they only
  // name the preset, below a comment that says so.
  std::string_view text;
  Idiom::Form code = Idiom::Form::Nothing;  // whose rules are code
};

std::span<const ScanPreset> presets();
// Null if there is none of that name.
const ScanPreset* preset_named(std::string_view name);
std::vector<std::string> preset_names();

// Never empty; their places are in the preset's text.
std::vector<Idiom> idioms_of(const ScanPreset& preset);

}  // namespace reg
