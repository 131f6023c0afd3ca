#include <plugin/find_library.h>
#include <reg/selection.h>
#include <select/inside_view.h>
#include <sys/stat.h>
#include <algorithm>

namespace reg {
namespace fs = std::filesystem;
namespace {

bool is_file(const fs::path& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && !S_ISDIR(status.st_mode);
}

class Places {
 public:
  Places(const LoaderState& loader, std::string_view file, FoundLibrary& found)
      : loader_(loader), file_(file), found_(found) {}

  // A folder that is relative to the workspace, or absolute.
  void add(const fs::path& folder) {
    if (!folder.is_absolute() && loader_.root.empty())
      found_.misses_root = true;
    else
      found_.places.push_back((loader_.root / folder / file_).lexically_normal());
  }

 private:
  const LoaderState& loader_;
  const std::string_view file_;
  FoundLibrary& found_;
};

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
  const bool is_own = origin_of(symbol).empty();
  found.ask_linker = is_own && file.find('/') == std::string_view::npos;
  Places places(loader, file, found);
  if (fs::path(file).is_absolute()) {
    places.add("/");
  } else {
    if (is_own) places.add(fs::path(symbol.source.path).parent_path());
    if (loader.cache)
      for (const fs::path& folder : loader.cache->library_path()) places.add(folder);
  }
  const auto place = std::find_if(found.places.begin(), found.places.end(), is_file);
  if (place != found.places.end()) found.file = *place;
  return found;
}

std::string refusal_of_origin(const LoaderState& loader, const Symbol& symbol,
                              std::string_view file) {
  const std::string origin = origin_of(symbol);
  if (origin.empty()) return {};
  if (!loader.cache || !InsideView::loads_remote(*loader.cache))
    return "it is from " + origin + ", and nothing that others publish is loaded here";
  if (file.find('/') != std::string_view::npos)
    return "it is from " + origin + ", and " + std::string(file) + " is no bare file name";
  return {};
}

bool is_running_program(const fs::path& file) {
  struct stat one {
  }, other{};
  return ::stat(file.c_str(), &one) == 0 && ::stat("/proc/self/exe", &other) == 0 &&
         one.st_dev == other.st_dev && one.st_ino == other.st_ino;
}

}  // namespace reg
