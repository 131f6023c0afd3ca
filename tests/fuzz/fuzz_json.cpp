// JSON manifests: whatever the bytes, a result.

#include <manifest/manifest.h>
#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  reg::read_manifest({reinterpret_cast<const char*>(data), size}, "fuzz.reg.json",
                     reg::ManifestFormat::JsonText);
  return 0;
}
