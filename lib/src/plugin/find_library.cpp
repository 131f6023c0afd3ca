#include <plugin/find_library.h>
#include <sys/stat.h>

namespace reg {
namespace fs = std::filesystem;
namespace {

bool is_file(const fs::path& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && !S_ISDIR(status.st_mode);
}

// Relative to the workspace; empty where it is not known which that is.
fs::path in_workspace(const LoaderState& loader, const fs::path& path) {
  if (path.is_absolute()) return path;
  return loader.root.empty() ? fs::path() : loader.root / path;
}

// Whether it is in a folder, which is noted if not.
bool look_in(FoundLibrary& found, const fs::path& folder, std::string_view file) {
  if (folder.empty()) return false;
  fs::path place = (folder / file).lexically_normal();
  const bool is_there = is_file(place);
  if (is_there)
    found.file = std::move(place);
  else
    found.places.push_back(std::move(place));
  return is_there;
}

}  // namespace

// What follows a `:` is a name, and no other `:` (`demo::Png` is a class).
std::optional<PluginTarget> split_target(std::string_view target) {
  const std::size_t colon = target.find(':');
  if (colon == std::string_view::npos || colon == 0) return std::nullopt;
  const PluginTarget split{target.substr(0, colon), target.substr(colon + 1)};
  if (split.name.empty() || split.name.front() == ':') return std::nullopt;
  return split;
}

FoundLibrary find_library(const LoaderState& loader, const Symbol& symbol, std::string_view file) {
  FoundLibrary found;
  found.ask_linker = file.find('/') == std::string_view::npos;
  const bool is_absolute = fs::path(file).is_absolute();
  const fs::path beside =
      is_absolute ? "/" : in_workspace(loader, fs::path(symbol.source.path)).parent_path();
  if (look_in(found, beside, file) || is_absolute || !loader.cache) return found;
  for (const fs::path& folder : loader.cache->library_path())
    if (look_in(found, in_workspace(loader, folder), file)) break;
  return found;
}

bool is_running_program(const fs::path& file) {
  struct stat one {
  }, other{};
  return ::stat(file.c_str(), &one) == 0 && ::stat("/proc/self/exe", &other) == 0 &&
         one.st_dev == other.st_dev && one.st_ino == other.st_ino;
}

}  // namespace reg
