// JSON manifests, and their expectations: whatever the bytes, a result.

#include <manifest/expect_reader.h>
#include <manifest/manifest.h>
#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  reg::read_manifest({reinterpret_cast<const char*>(data), size}, "fuzz.reg.json",
                     reg::ManifestFormat::JsonText);
  reg::read_expect_document({reinterpret_cast<const char*>(data), size}, "fuzz.reg.json",
                            reg::ManifestFormat::JsonText, reg::ExpectHolder::Manifest);
  return 0;
}
