#include <reg/sources.h>
#include <store/inside.h>
#include <workspace/files.h>
#include <map>

namespace reg {
namespace fs = std::filesystem;
namespace {

using Stamps = std::map<fs::path, FileStamp>;

bool is_hidden(const fs::path& path) { return path.filename().string().starts_with('.'); }

void add_folder(const fs::path& folder, Stamps& stamps) {
  for (auto entry = fs::recursive_directory_iterator(folder);
       entry != fs::recursive_directory_iterator(); ++entry) {
    if (is_hidden(entry->path())) {
      entry.disable_recursion_pending();
    } else if (entry->is_regular_file()) {
      stamps.emplace(entry->path(), stamp_of(entry->path()));
    }
  }
}

Stamps stamps_below(const std::vector<fs::path>& paths) {
  Stamps stamps;
  try {
    for (const fs::path& path : paths) {
      if (fs::is_directory(path)) {
        add_folder(path, stamps);
      } else {
        stamps.emplace(path, stamp_of(path));
      }
    }
  } catch (const fs::filesystem_error& error) {
    throw StorageError(ErrorKind::Io, error.what());
  }
  return stamps;
}

}  // namespace

void register_sources(RegistryStore& store, const std::vector<fs::path>& paths,
                      const SourceLoader& load) {
  const Stamps stamps = stamps_below(paths);
  Inside::of(store).stamps = stamps;
  store.clear();
  for (const auto& [file, stamp] : stamps) load(store, file);
  store.initialization_completed();
}

bool is_reload_needed(const RegistryStore& store, const std::vector<fs::path>& paths) {
  return stamps_below(paths) != Inside::of(store).stamps;
}

bool reload_if_needed(RegistryStore& store, const std::vector<fs::path>& paths,
                      const SourceLoader& load) {
  if (!is_reload_needed(store, paths)) return false;
  register_sources(store, paths, load);
  return true;
}

}  // namespace reg
