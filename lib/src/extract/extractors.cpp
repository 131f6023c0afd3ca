#include <extract/extractor.h>
#include <manifest/manifest.h>
#include <object/object_declarations.h>
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

bool is_toml(std::string_view file_name) { return file_name.ends_with(".reg.toml"); }
bool is_json(std::string_view file_name) { return file_name.ends_with(".reg.json"); }

bool is_for_no_name(std::string_view) { return false; }

constexpr Extractor table[] = {
    {"toml manifest", ".reg.toml", is_toml, read_toml, locate_in_toml},
    {"json manifest", ".reg.json", is_json, read_json, locate_in_json},
    {"shared object", ".so", is_shared_object_name, read_object, locate_in_object},
    {"remote", ".reg.json", is_for_no_name, read_json, locate_in_json},
};

}  // namespace

std::vector<std::optional<Located>> locate_in_toml(std::string_view content,
                                                   std::span<const DeclarationPart> parts) {
  return locate(content, ManifestFormat::TomlText, parts);
}

const Extractor& object_extractor() { return table[2]; }

const Extractor& remote_extractor() { return table[3]; }

std::span<const Extractor> extractors() { return table; }

const Extractor* extractor_for(std::string_view file_name) {
  auto found = std::find_if(std::begin(table), std::end(table),
                            [&](const Extractor& extractor) { return extractor.reads(file_name); });
  return found == std::end(table) ? nullptr : found;
}

}  // namespace reg
