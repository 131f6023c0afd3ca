// TOML manifests and registry.toml: whatever the bytes, a result.

#include <manifest/manifest.h>
#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  reg::read_manifest(text, "fuzz.reg.toml", reg::ManifestFormat::TomlText);
  reg::read_config(text, "registry.toml");
  return 0;
}
