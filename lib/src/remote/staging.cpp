#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>

#include <remote/staging.h>
#include <text/hash.h>
#include <workspace/io_error.h>
#include <cerrno>
#include <cstdint>
#include <memory>
#include <vector>

namespace reg {
namespace {

constexpr std::string_view prefix = ".staged-";
constexpr int folder_flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;

std::string unpredictable_name() {
  std::uint64_t number = 0;
  if (::getrandom(&number, sizeof number, 0) != sizeof number)
    throw io_error("draw", "a random name", errno);
  return std::string(prefix) + hex_of(number);
}

// Of an open folder.
std::vector<std::string> names_in(int folder) {
  std::vector<std::string> names;
  const int copy = ::openat(folder, ".", folder_flags);
  const std::unique_ptr<DIR, int (*)(DIR*)> entries(copy < 0 ? nullptr : ::fdopendir(copy),
                                                    ::closedir);
  while (const dirent* entry = entries ? ::readdir(entries.get()) : nullptr) {
    const std::string name = entry->d_name;
    if (name != "." && name != "..") names.push_back(name);
  }
  return names;
}

void remove_folder(int parent, const std::string& name, int folder) noexcept {
  try {
    for (const std::string& file : names_in(folder)) ::unlinkat(folder, file.c_str(), 0);
  } catch (const std::exception&) {
    return;  // the next one removes it
  }
  ::unlinkat(parent, name.c_str(), AT_REMOVEDIR);
}

bool is_lock_of(int folder) {
  int result = 0;
  do {
    result = ::flock(folder, LOCK_EX);
  } while (result != 0 && errno == EINTR);
  struct stat status {};
  // Whoever removes what is left may have taken it for that.
  return result == 0 && ::fstat(folder, &status) == 0 && status.st_nlink > 0;
}

}  // namespace

Staging::Staging(std::filesystem::path parent, int parent_folder)
    : parent_(std::move(parent)), parent_folder_(parent_folder) {
  constexpr int most_tries = 100;
  for (int i = 0; i < most_tries; ++i) {
    name_ = unpredictable_name();
    if (::mkdirat(parent_folder_, name_.c_str(), 0700) != 0) {
      if (errno == EEXIST) continue;
      throw io_error("make the folder", parent_ / name_, errno);
    }
    folder_ = Descriptor(::openat(parent_folder_, name_.c_str(), folder_flags));
    if (folder_.is_open() && is_lock_of(folder_.get())) return;
  }
  throw StorageError(ErrorKind::Io, "cannot make a folder in " + parent_.string());
}

Staging::~Staging() { remove_folder(parent_folder_, name_, folder_.get()); }

void Staging::write(const std::string& name, std::string_view text) {
  const std::filesystem::path path = parent_ / name_ / name;
  constexpr int flags = O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC;
  const Descriptor file(::openat(folder_.get(), name.c_str(), flags, 0666));
  if (!file.is_open()) throw io_error("write", path, errno);
  try {
    while (!text.empty()) {
      const ssize_t written = ::write(file.get(), text.data(), text.size());
      if (written < 0 && errno == EINTR) continue;
      if (written <= 0) throw io_error("write", path, written < 0 ? errno : ENOSPC);
      text.remove_prefix(static_cast<std::size_t>(written));
    }
    if (::fsync(file.get()) != 0) throw io_error("write", path, errno);
  } catch (...) {
    remove(name);
    throw;
  }
}

void Staging::put(const std::string& name) {
  if (::renameat(folder_.get(), name.c_str(), parent_folder_, name.c_str()) != 0)
    throw io_error("write", parent_ / name, errno);
}

void Staging::remove(const std::string& name) noexcept {
  ::unlinkat(folder_.get(), name.c_str(), 0);
}

void Staging::remove_leftovers(int parent_folder) noexcept {
  try {
    for (const std::string& name : names_in(parent_folder)) {
      if (!name.starts_with(prefix)) continue;
      const Descriptor folder(::openat(parent_folder, name.c_str(), folder_flags));
      if (!folder.is_open() || ::flock(folder.get(), LOCK_EX | LOCK_NB) != 0) continue;
      remove_folder(parent_folder, name, folder.get());
    }
  } catch (const std::exception&) {
    return;  // the next one removes it
  }
}

}  // namespace reg
