#include <extract/extractor.h>
#include <manifest/manifest.h>
#include <algorithm>

namespace reg {
namespace {

Declarations read_toml(std::string_view content, const std::string& path) {
  return read_manifest(content, path, ManifestFormat::TomlText);
}

Declarations read_json(std::string_view content, const std::string& path) {
  return read_manifest(content, path, ManifestFormat::JsonText);
}

std::vector<std::optional<Located>> locate_in_json(std::string_view content,
                                                   std::span<const DeclarationPart> parts) {
  return locate(content, ManifestFormat::JsonText, parts);
}

constexpr Extractor table[] = {
    {"toml manifest", ".reg.toml", read_toml, locate_in_toml},
    {"json manifest", ".reg.json", read_json, locate_in_json},
};

}  // namespace

std::vector<std::optional<Located>> locate_in_toml(std::string_view content,
                                                   std::span<const DeclarationPart> parts) {
  return locate(content, ManifestFormat::TomlText, parts);
}

std::span<const Extractor> extractors() { return table; }

const Extractor* extractor_for(std::string_view file_name) {
  auto found = std::find_if(std::begin(table), std::end(table), [&](const Extractor& extractor) {
    return file_name.ends_with(extractor.suffix);
  });
  return found == std::end(table) ? nullptr : found;
}

}  // namespace reg
