#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <revision/temporary_folder.h>
#include <workspace/io_error.h>
#include <cerrno>
#include <cstdlib>
#include <string>
#include <utility>

namespace reg {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view prefix = "reg-revision-";

fs::path parent_folder() {
  const char* given = std::getenv("TMPDIR");
  std::error_code error;
  const fs::path folder = given != nullptr && *given != '\0' ? given : "/tmp";
  // Links in it would make other paths than those that are asked for.
  fs::path real = fs::canonical(folder, error);
  if (error) throw io_error("use the temporary folder", folder, error.value());
  return real;
}

Descriptor open_folder(const fs::path& folder) {
  return Descriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
}

bool is_there(const Descriptor& folder, const fs::path& path) {
  struct stat open {
  }, named{};
  return ::fstat(folder.get(), &open) == 0 && ::lstat(path.c_str(), &named) == 0 &&
         open.st_ino == named.st_ino && open.st_dev == named.st_dev;
}

bool is_own(const Descriptor& folder) {
  struct stat status {};
  return ::fstat(folder.get(), &status) == 0 && status.st_uid == ::geteuid();
}

// What cannot be removed is left.
void remove_leftovers(const fs::path& where) noexcept {
  std::error_code error;
  for (fs::directory_iterator each(where, error), end; !error && each != end;
       each.increment(error)) {
    if (!each->path().filename().native().starts_with(prefix)) continue;
    const Descriptor folder = open_folder(each->path());
    if (!folder.is_open() || !is_own(folder)) continue;
    std::error_code ignored;
    if (::flock(folder.get(), LOCK_EX | LOCK_NB) == 0) fs::remove_all(each->path(), ignored);
  }
}

}  // namespace

TemporaryFolder::TemporaryFolder() {
  const fs::path where = parent_folder();
  remove_leftovers(where);
  // Until it is locked, it looks like what a killed process left, and may be removed as such.
  while (!lock_.is_open() || !is_there(lock_, path_)) {
    // mkdtemp(3) puts others in the place of these.
    std::string name = (where / prefix).string() + std::string(6, 'X');
    if (::mkdtemp(name.data()) == nullptr) throw io_error("make a folder in", where, errno);
    path_ = name;
    lock_ = open_folder(path_);
    if (!lock_.is_open() && errno == ENOENT) continue;
    if (!lock_.is_open() || ::flock(lock_.get(), LOCK_EX) != 0) give_up(errno);
  }
}

void TemporaryFolder::give_up(int error) {
  const fs::path path = path_;
  remove();
  throw io_error("lock", path, error);
}

TemporaryFolder::~TemporaryFolder() { remove(); }
TemporaryFolder::TemporaryFolder(TemporaryFolder&& other) noexcept
    : path_(std::exchange(other.path_, {})), lock_(std::move(other.lock_)) {}
TemporaryFolder& TemporaryFolder::operator=(TemporaryFolder&& other) noexcept {
  if (this == &other) return *this;
  remove();
  path_ = std::exchange(other.path_, {});
  lock_ = std::move(other.lock_);
  return *this;
}

void TemporaryFolder::remove() noexcept {
  std::error_code ignored;
  if (!path_.empty()) fs::remove_all(path_, ignored);
  path_.clear();
}

}  // namespace reg
