// TOML manifests, registry.toml and expectations: whatever the bytes, a result.

#include <manifest/expect_reader.h>
#include <manifest/manifest.h>
#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  reg::read_manifest(text, "fuzz.reg.toml", reg::ManifestFormat::TomlText);
  reg::read_config(text, "registry.toml");
  for (const auto holder : {reg::ExpectHolder::TestFile, reg::ExpectHolder::Manifest})
    reg::read_expect_document(text, "fuzz.toml", reg::ManifestFormat::TomlText, holder);
  return 0;
}
