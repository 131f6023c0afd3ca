#include <sys/stat.h>

#include <manifest/manifest.h>
#include <reg/error.h>
#include <reg/workspace.h>
#include <workspace/files.h>
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

bool newer(const timespec& a, const timespec& b) {
  return a.tv_sec != b.tv_sec ? a.tv_sec > b.tv_sec : a.tv_nsec > b.tv_nsec;
}

}  // namespace

Workspace Workspace::at(const fs::path& folder) {
  fs::path root = fs::absolute(folder).lexically_normal();
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

fs::path Workspace::cache() const {
  fs::path usual = root_ / default_cache;
  struct stat status {};
  if (::lstat(usual.c_str(), &status) == 0) return usual;
  return root_ / load_config(*this).settings.cache;
}

bool Workspace::config_newer_than(const fs::path& cache_file) const {
  struct stat ours {
  }, cache{};
  if (::stat(config().c_str(), &ours) != 0 || ::stat(cache_file.c_str(), &cache) != 0) return false;
  return newer(ours.st_mtim, cache.st_mtim);
}

}  // namespace reg
