// Registration from files, and again when they change.

#include <reg/registry_store.h>
#include <store/source_stamps.h>
#include <algorithm>

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

void RegistryStore::register_sources(const std::vector<fs::path>& paths, const SourceLoader& load) {
  stamps_->files = stamps_below(paths);
  clear();
  std::vector<fs::path> files;
  for (const auto& [file, stamp] : stamps_->files) files.push_back(file);
  for (const fs::path& file : files) load(*this, file);
  initialization_completed();
}

bool RegistryStore::is_reload_needed(const std::vector<fs::path>& paths) const {
  return stamps_below(paths) != stamps_->files;
}

bool RegistryStore::reload_if_needed(const std::vector<fs::path>& paths, const SourceLoader& load) {
  if (!is_reload_needed(paths)) return false;
  register_sources(paths, load);
  return true;
}

}  // namespace reg
