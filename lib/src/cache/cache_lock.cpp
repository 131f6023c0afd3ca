#include <cache/cache_lock.h>
#include <cache/layout.h>
#include <fcntl.h>
#include <reg/error.h>
#include <reg/workspace.h>
#include <sys/stat.h>
#include <unistd.h>
#include <workspace/io_error.h>
#include <workspace/reg_folder.h>

#include <cerrno>
#include <string>
#include <string_view>

namespace reg {
namespace fs = std::filesystem;
namespace {

fs::path beside(fs::path cache, const char* ending) { return cache += ending; }

// Whether there is a file; anything but a regular one is refused.
bool is_there(const fs::path& file) {
  struct stat status {};
  if (::stat(file.c_str(), &status) != 0) {
    if (errno == ENOENT || errno == ENOTDIR) return false;
    throw io_error("look at", file, errno);
  }
  if (S_ISREG(status.st_mode)) return true;
  throw StorageError(ErrorKind::Cache, file.string() + " is not a regular file",
                     "keep the cache under another name");
}

std::string beginning_of(const fs::path& file, std::size_t length) {
  const Descriptor opened(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  std::string text(length, '\0');
  const ssize_t got = opened.is_open() ? ::pread(opened.get(), text.data(), length, 0) : -1;
  if (got < 0) throw io_error("look at", file, errno);
  text.resize(static_cast<std::size_t>(got));
  return text;
}

// An empty file has nothing to lose, nor has one that was cut off within its first words.
bool is_free(const fs::path& file, std::string_view beginning) {
  if (!is_there(file)) return true;
  return beginning.starts_with(beginning_of(file, beginning.size()));
}

[[noreturn]] void foreign(const fs::path& file, const char* what) {
  throw StorageError(ErrorKind::Cache, file.string() + " is not " + what + ", and is left as it is",
                     "remove it if nothing needs it, or keep the cache under another name");
}

// In a folder of reg's own, what has the cache's name is the cache, however damaged.
void refuse_foreign(const fs::path& cache) {
  is_there(cache);
  if (is_reg_folder(cache.parent_path()) && cache.filename() == fs::path(Workspace::cache_name))
    return;
  if (!is_free(cache, layout::format_start)) foreign(cache, "a cache of reg");
  const fs::path state = state_path(cache);
  if (!is_free(state, state_format_start)) foreign(state, "the state of a cache of reg");
  const fs::path stamps = stamps_path(cache);
  if (!is_free(stamps, stamps_format_start)) foreign(stamps, "the stamps of a cache of reg");
  const fs::path accounts = accounts_path(cache);
  if (!is_free(accounts, accounts_format_start)) foreign(accounts, "accounts of code of reg");
}

// Makes the folder, unless what is there forbids it: before the lock, so that nothing is left
// beside what is not ours.
const fs::path& checked(const fs::path& cache) {
  refuse_foreign(cache);
  if (cache.has_parent_path()) make_folder(cache.parent_path());
  return cache;
}

}  // namespace

fs::path state_path(const fs::path& cache) { return beside(cache, ".state"); }
fs::path stamps_path(const fs::path& cache) { return beside(cache, ".stamps"); }
fs::path accounts_path(const fs::path& cache) { return beside(cache, ".accounts"); }
fs::path lock_path(const fs::path& cache) { return beside(cache, ".lock"); }
fs::path frozen_marker(const fs::path& cache) { return beside(cache, ".frozen"); }

CacheLock::CacheLock(const fs::path& cache, const LockWait& wait)
    : cache_(checked(cache)), lock_(lock_path(cache), wait) {
  tag_reg_folder(cache.parent_path());
  refuse_foreign(cache);
}

bool is_frozen(const fs::path& cache) {
  std::error_code error;
  return fs::exists(fs::symlink_status(frozen_marker(cache), error));
}

void refuse_if_frozen(const fs::path& cache) {
  if (!is_frozen(cache)) return;
  throw StorageError(ErrorKind::Locked, "the cache " + cache.string() + " is locked",
                     "run `reg unlock` to allow changes");
}

}  // namespace reg
