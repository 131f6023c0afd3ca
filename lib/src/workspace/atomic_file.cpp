#include <dirent.h>
#include <fcntl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>
#include <workspace/atomic_file.h>
#include <workspace/io_error.h>

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <memory>
#include <vector>

namespace reg {

namespace {

constexpr std::size_t buffer_size = std::size_t{1} << 20;
constexpr std::uint64_t writeback_step = std::uint64_t{8} << 20;
constexpr std::size_t random_digits = 16;
constexpr std::string_view hex_digits = "0123456789abcdef";
constexpr std::string_view suffix = ".tmp";

std::string random_name(const std::string& target) {
  std::uint64_t bits = 0;
  while (::getrandom(&bits, sizeof bits, 0) != sizeof bits) {
    if (errno != EINTR) throw io_error("draw a random name for", target, errno);
  }
  std::string name = '.' + target + '.';
  for (std::size_t i = 0; i < random_digits; ++i, bits >>= 4) name += hex_digits[bits & 15];
  return name.append(suffix);
}

bool is_temporary_of(std::string_view target, std::string_view name) {
  if (name.size() != target.size() + random_digits + suffix.size() + 2) return false;
  std::string_view random = name.substr(target.size() + 2, random_digits);
  return name[0] == '.' && name.substr(1, target.size()) == target &&
         name[target.size() + 1] == '.' && name.ends_with(suffix) &&
         random.find_first_not_of(hex_digits) == std::string_view::npos;
}

Descriptor open_folder_at(const std::filesystem::path& folder) noexcept {
  return Descriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
}

std::vector<std::string> temporaries_of(const std::string& target, int folder) {
  std::vector<std::string> names;
  // A descriptor of its own: a directory stream owns the one it is made from, and moves its
  // position.
  Descriptor copy(::openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!copy.is_open()) return names;
  std::unique_ptr<DIR, int (*)(DIR*)> stream(::fdopendir(copy.get()), ::closedir);
  if (!stream) return names;
  copy.release();
  while (const dirent* entry = ::readdir(stream.get())) {
    if (is_temporary_of(target, entry->d_name)) names.emplace_back(entry->d_name);
  }
  return names;
}

// What cannot be listed or removed does no harm: its name is never used again.
void remove_temporaries(const std::string& target, int folder) noexcept {
  try {
    for (const std::string& name : temporaries_of(target, folder)) {
      ::unlinkat(folder, name.c_str(), 0);
    }
  } catch (const std::bad_alloc&) {
    return;
  }
}

int fsync_through_signals(int fd) {
  int result = 0;
  do result = ::fsync(fd);
  while (result != 0 && errno == EINTR);
  return result;
}

// Whether copy_file_range cannot do this at all, as opposed to having failed at it.
bool not_for_these_files(int error) {
  return error == EXDEV || error == EINVAL || error == ENOSYS || error == EOPNOTSUPP ||
         error == EPERM || error == EBADF;
}

}  // namespace

AtomicFile::AtomicFile(std::filesystem::path target)
    : target_(std::move(target)), name_(target_.filename().string()) {
  try {
    open_folder();
    remove_temporaries(name_, folder_.get());
    create();
    keep_mode();
    buffer_.reserve(buffer_size);
  } catch (...) {
    discard();
    throw;
  }
}

AtomicFile::~AtomicFile() { discard(); }

void AtomicFile::fail(const char* doing, int error) const { throw io_error(doing, target_, error); }

void AtomicFile::open_folder() {
  std::filesystem::path folder = target_.has_parent_path() ? target_.parent_path() : ".";
  folder_ = open_folder_at(folder);
  if (!folder_.is_open()) throw io_error("open the folder", folder, errno);
}

bool AtomicFile::has_leftovers(const std::filesystem::path& target) noexcept {
  const Descriptor folder = open_folder_at(target.parent_path());
  try {
    return folder.is_open() && !temporaries_of(target.filename().string(), folder.get()).empty();
  } catch (const std::bad_alloc&) {
    return false;
  }
}

void AtomicFile::remove_leftovers(const std::filesystem::path& target) noexcept {
  const Descriptor folder = open_folder_at(target.parent_path());
  if (folder.is_open()) remove_temporaries(target.filename().string(), folder.get());
}

void AtomicFile::create() {
  constexpr int flags = O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
  std::string name = random_name(name_);
  file_ = Descriptor(::openat(folder_.get(), name.c_str(), flags, 0666));
  if (!file_.is_open()) fail("create a temporary file for", errno);
  temporary_ = std::move(name);
}

void AtomicFile::keep_mode() {
  struct stat there {};
  if (::fstatat(folder_.get(), name_.c_str(), &there, 0) != 0 || !S_ISREG(there.st_mode)) return;
  if (::fchmod(file_.get(), there.st_mode & 0777) != 0) fail("keep the permissions of", errno);
}

void AtomicFile::write(std::string_view bytes) {
  if (buffer_.size() + bytes.size() > buffer_size) flush();
  if (bytes.size() >= buffer_size) {
    write_through(bytes);
  } else {
    buffer_ += bytes;
  }
}

void AtomicFile::flush() {
  write_through(buffer_);
  buffer_.clear();
}

void AtomicFile::write_through(std::string_view bytes) {
  while (!bytes.empty()) {
    ssize_t written = ::write(file_.get(), bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail("write", errno);
    bytes.remove_prefix(static_cast<std::size_t>(written));
    count_written(static_cast<std::uint64_t>(written));
  }
}

// sync_file_range(2): the disk begins while the rest is still being made, and the fsync at the end
// has less to wait for. It is only that fsync which tells whether the bytes are there.
void AtomicFile::count_written(std::uint64_t bytes) {
  written_ += bytes;
  if (written_ - written_back_ < writeback_step) return;
  ::sync_file_range(file_.get(), static_cast<off64_t>(written_back_),
                    static_cast<off64_t>(written_ - written_back_), SYNC_FILE_RANGE_WRITE);
  written_back_ = written_;
}

void AtomicFile::copy_from(int fd, std::uint64_t offset, std::uint64_t size) {
  flush();
  std::uint64_t copied = copy_in_kernel(fd, offset, size);
  copy_by_hand(fd, offset + copied, size - copied);
}

// Returns how much it could do; some file systems can do nothing or only a part.
std::uint64_t AtomicFile::copy_in_kernel(int fd, std::uint64_t offset, std::uint64_t size) {
  auto from = static_cast<off64_t>(offset);
  std::uint64_t left = size;
  while (left != 0) {
    ssize_t copied =
        ::copy_file_range(fd, &from, file_.get(), nullptr, std::min(left, writeback_step), 0);
    if (copied == 0 || (copied < 0 && not_for_these_files(errno))) break;
    if (copied < 0 && errno == EINTR) continue;
    if (copied < 0) fail("copy into", errno);
    left -= static_cast<std::uint64_t>(copied);
    count_written(static_cast<std::uint64_t>(copied));
  }
  return size - left;
}

void AtomicFile::copy_by_hand(int fd, std::uint64_t offset, std::uint64_t size) {
  while (size != 0) {
    buffer_.resize(std::min<std::uint64_t>(size, buffer_size));
    ssize_t got = ::pread(fd, buffer_.data(), buffer_.size(), static_cast<off_t>(offset));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) fail("read what is to be copied into", got == 0 ? ENODATA : errno);
    buffer_.resize(static_cast<std::size_t>(got));
    flush();
    offset += static_cast<std::uint64_t>(got);
    size -= static_cast<std::uint64_t>(got);
  }
}

void AtomicFile::overwrite(std::uint64_t offset, std::string_view bytes) {
  assert(offset + bytes.size() <= this->size());
  flush();
  while (!bytes.empty()) {
    ssize_t written = ::pwrite(file_.get(), bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail("write", errno);
    bytes.remove_prefix(static_cast<std::size_t>(written));
    offset += static_cast<std::uint64_t>(written);
  }
}

void AtomicFile::prepare() {
  flush();
  if (fsync_through_signals(file_.get()) != 0) fail("write to the disk", errno);
  close_file();
}

void AtomicFile::commit() {
  if (file_.is_open()) prepare();
  if (::renameat(folder_.get(), temporary_.c_str(), folder_.get(), name_.c_str()) != 0)
    fail("replace", errno);
  temporary_.clear();
  sync_folder();
}

// Some file systems report a failed write only here. After EINTR the descriptor is closed all the
// same.
void AtomicFile::close_file() {
  if (::close(file_.release()) != 0 && errno != EINTR) fail("finish writing", errno);
}

void AtomicFile::sync_folder() {
  // EINVAL: a file system whose folders need no fsync and know none.
  if (fsync_through_signals(folder_.get()) != 0 && errno != EINVAL)
    fail("sync the folder of", errno);
}

void AtomicFile::discard() noexcept {
  file_.reset();
  if (!temporary_.empty()) ::unlinkat(folder_.get(), temporary_.c_str(), 0);
  folder_.reset();
  temporary_.clear();
}

}  // namespace reg
