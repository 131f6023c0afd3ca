#include <sys/stat.h>

#include <extract/extractor.h>
#include <reg/error.h>
#include <reg/workspace.h>
#include <text/hash.h>
#include <workspace/io_error.h>
#include <cerrno>
#include <cstdlib>

namespace reg {
namespace fs = std::filesystem;
namespace {

// What cannot be looked at is not missing: a workspace further up would be the wrong one.
bool has_config(const fs::path& folder) {
  const fs::path config = folder / Workspace::config_name;
  struct stat status {};
  if (::stat(config.c_str(), &status) == 0) return S_ISREG(status.st_mode);
  if (errno == ENOENT || errno == ENOTDIR) return false;
  throw io_error("look at", config, errno);
}

[[noreturn]] void no_workspace(const std::string& message) {
  throw StorageError(ErrorKind::Workspace, message,
                     "run `reg init` to make one, or name one with --workspace DIR");
}

fs::path whole_path(const fs::path& path) {
  std::error_code error;
  fs::path whole = fs::absolute(path, error).lexically_normal();
  if (error) throw io_error("find", path, error.value());
  return whole;
}

fs::path usual_cache(const fs::path& root) {
  const char* given = std::getenv("REG_CACHE_DIR");
  if (given == nullptr || *given == '\0')
    return root / Workspace::folder_name / Workspace::cache_name;
  std::error_code error;
  const fs::path real = fs::canonical(root, error);
  if (error) throw io_error("find", root, error.value());
  return whole_path(given) / hex_of(hash_of(real.native())) / Workspace::cache_name;
}

}  // namespace

Workspace Workspace::at(const fs::path& folder) {
  fs::path root = whole_path(folder);
  if (!root.has_filename()) root = root.parent_path();
  if (!has_config(root))
    no_workspace("there is no " + std::string(config_name) + " in " + root.string());
  return Workspace(root);
}

Workspace Workspace::find(const fs::path& start) {
  const char* given = std::getenv("REG_WORKSPACE");
  if (start.empty() && given != nullptr && *given != '\0') return at(given);
  std::error_code error;
  fs::path origin =
      start.empty() ? fs::current_path(error) : fs::absolute(start).lexically_normal();
  if (error)
    throw StorageError(ErrorKind::Io, "cannot find the current folder: " + error.message());
  for (fs::path folder = origin;; folder = folder.parent_path()) {
    if (has_config(folder)) return Workspace(folder);
    if (folder == folder.parent_path()) break;
  }
  no_workspace("there is no " + std::string(config_name) + " in " + origin.string() +
               " or any folder above it");
}

Workspace::Workspace(fs::path root) : root_(std::move(root)), cache_(usual_cache(root_)) {}

Workspace Workspace::with_cache(const fs::path& file) const {
  Workspace other = *this;
  other.cache_ = whole_path(file);
  std::error_code error;
  if (file.empty() || !other.cache_.has_filename() || fs::is_directory(other.cache_, error))
    throw UsageError("the cache has to be a file, and \"" + file.string() + "\" names none");
  if (extractor_for(file.filename().string()) != nullptr || file.filename() == config_name)
    throw UsageError("\"" + file.string() + "\" is the name of a source, and cannot be a cache's");
  return other;
}

}  // namespace reg
