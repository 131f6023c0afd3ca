#include <registration/catalog.h>
#include <update/misnamed.h>
#include <filesystem>
#include <optional>

namespace reg {

namespace {

// Whoever writes manifests by hand writes smaller ones.
constexpr std::uint64_t largest = std::uint64_t{1} << 20;

// `gemm.toml` as a manifest is called: `gemm.reg.toml`.
std::string manifest_name(const std::string& path) {
  std::string name = std::filesystem::path(path).filename().string();
  return name.insert(name.rfind('.'), ".reg");
}

// Nothing: it cannot be read, or is too large.
std::optional<std::string> small_text(const std::filesystem::path& file) {
  try {
    if (stamp_of(file).size > largest) return std::nullopt;
    return read_file(file).text;
  } catch (const StorageError&) {
    return std::nullopt;
  }
}

bool is_manifest(const std::filesystem::path& file, const std::string& path) {
  const std::optional<std::string> text = small_text(file);
  if (!text) return false;
  const Declarations read = extractor_for(manifest_name(path))->extract(*text, path);
  return !read.symbols.empty() || (!read.registries.empty() && !read.failed());
}

}  // namespace

std::vector<Diagnostic> misnamed_manifests(const Inputs& inputs) {
  std::vector<Diagnostic> warnings;
  if (inputs.discovery.passed_by.size() > Discovery::most_passed_by) return warnings;
  for (const std::string& path : inputs.discovery.passed_by) {
    if (!is_manifest(inputs.workspace.root() / path, path)) continue;
    warnings.push_back(warning_at(
        {path}, "this looks like a manifest, and is not read",
        "rename it to " + manifest_name(path) + " if it is one, or name it in `exclude`"));
  }
  return warnings;
}

}  // namespace reg
