#include <manifest/scan_presets.h>
#include <reg/scan.h>

namespace reg {

std::vector<PresetInfo> scan_presets() {
  std::vector<PresetInfo> out;
  for (const ScanPreset& preset : presets()) {
    out.push_back({std::string(preset.name), std::string(preset.summary),
                   std::string(preset.languages), std::string(preset.text)});
  }
  return out;
}

}  // namespace reg
