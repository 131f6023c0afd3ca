#include <update/dependencies.h>
#include <algorithm>
#include <system_error>

namespace reg {
namespace {

std::filesystem::path there_or_above(std::filesystem::path path) {
  std::error_code error;
  while (!std::filesystem::exists(path, error) && path != path.parent_path())
    path = path.parent_path();
  return path;
}

}  // namespace

std::vector<std::filesystem::path> dependencies(const Inputs& inputs, const GatheredCode& code) {
  std::vector<std::filesystem::path> all;
  const auto add = [&](const std::string& path, const FileStamp& stamp) {
    const std::filesystem::path place = (inputs.workspace.root() / path).lexically_normal();
    all.push_back(stamp == FileStamp{} ? there_or_above(place) : place);
  };
  for (const SourceFile& file : inputs.discovery.sources) add(file.path, file.stamp);
  for (const CodeSource& file : inputs.discovery.code) add(file.path, file.stamp);
  for (const SourceStamp& object : code.objects) add(object.path, object.stamp);
  for (const LookedAt& name : inputs.discovery.looked_at) add(name.path, name.stamp);
  for (std::filesystem::path& path : all) {
    if (!path.has_filename()) path = path.parent_path();  // a folder, written `a/b/`
  }
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

}  // namespace reg
