#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <revision/new_folder.h>
#include <workspace/io_error.h>
#include <cerrno>

namespace reg {
namespace fs = std::filesystem;
namespace {

Descriptor open_folder(int at, const fs::path& name) {
  return Descriptor(::openat(at, name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
}

void write_all(const Descriptor& file, std::string_view content, const fs::path& path) {
  while (!content.empty()) {
    const ssize_t written = ::write(file.get(), content.data(), content.size());
    if (written < 0 && errno != EINTR) throw io_error("write", path, errno);
    if (written > 0) content.remove_prefix(static_cast<std::size_t>(written));
  }
}

}  // namespace

NewFolder::NewFolder(fs::path path) : path_(std::move(path)) {
  if (::mkdir(path_.c_str(), 0700) != 0) throw io_error("make", path_, errno);
  folder_ = open_folder(AT_FDCWD, path_);
  if (!folder_.is_open()) throw io_error("open", path_, errno);
}

// Not open, with errno, where there can be none.
Descriptor NewFolder::parent_of(const fs::path& name) const {
  Descriptor folder = open_folder(folder_.get(), ".");
  for (const fs::path& step : name.parent_path()) {
    if (step == ".." || step.is_absolute()) {
      errno = EINVAL;
      return {};
    }
    if (::mkdirat(folder.get(), step.c_str(), 0700) != 0 && errno != EEXIST) return {};
    folder = open_folder(folder.get(), step);
    if (!folder.is_open()) return {};
  }
  return folder;
}

void NewFolder::write_file(const fs::path& name, std::string_view content) const {
  const Descriptor parent = parent_of(name);
  if (!parent.is_open()) throw io_error("make the folder of", path_ / name, errno);
  const Descriptor file(::openat(parent.get(), name.filename().c_str(),
                                 O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (!file.is_open()) throw io_error("write", path_ / name, errno);
  write_all(file, content, path_ / name);
}

bool NewFolder::write_link(const fs::path& name, const fs::path& to) const {
  const Descriptor parent = parent_of(name);
  return parent.is_open() && ::symlinkat(to.c_str(), parent.get(), name.filename().c_str()) == 0;
}

bool NewFolder::has(const fs::path& name) const {
  std::error_code error;
  const fs::file_status status = fs::symlink_status(path_ / name, error);
  return fs::exists(status) || error == std::errc::not_a_directory;
}

}  // namespace reg
