#include <fcntl.h>
#include <reg/error.h>
#include <sys/stat.h>
#include <unistd.h>
#include <workspace/descriptor.h>
#include <workspace/files.h>
#include <cerrno>
#include <chrono>
#include <ctime>
#include <system_error>
#include <thread>

namespace reg {
namespace fs = std::filesystem;
namespace {

// The coarsest clock tick of the kernels that matter (CONFIG_HZ=100), doubled.
constexpr std::int64_t clock_tick = 20'000'000;
// A query reads small files whose stamps could not be noted; above this it is better to wait until
// they can be, once.
constexpr std::uint64_t worth_waiting = std::uint64_t{16} << 10;

[[noreturn]] void fail(const std::string& what, const fs::path& file, const std::string& why) {
  throw StorageError(ErrorKind::Io, "cannot " + what + " " + file.string() + ": " + why, "",
                     {file.string()});
}

std::string words(int error) { return std::generic_category().message(error); }

std::int64_t nanoseconds(const timespec& time) {
  return time.tv_sec * 1'000'000'000LL + time.tv_nsec;
}

Descriptor open_to_read(const fs::path& file) {
  Descriptor descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!descriptor.is_open()) fail("open", file, words(errno));
  return descriptor;
}

[[noreturn]] void refuse_size(const fs::path& file, std::uint64_t size) {
  fail(
      "read", file,
      "it has " + std::to_string(size) + " bytes, and a file may have " + std::to_string(max_file));
}

std::string read_all(int fd, std::uint64_t expected, const fs::path& file) {
  std::string text;
  text.resize(expected + 1);  // one more, to see the end without growing
  std::size_t have = 0;
  for (;;) {
    if (have == text.size()) text.resize(text.size() + text.size() / 2);
    ssize_t got = ::read(fd, text.data() + have, text.size() - have);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail("read", file, words(errno));
    if (got == 0) break;
    have += static_cast<std::size_t>(got);
    if (have > max_file) refuse_size(file, have);  // it grows while it is read
  }
  text.resize(have);
  return text;
}

}  // namespace

FileStamp to_stamp(const struct stat& status) {
  return {static_cast<std::uint64_t>(status.st_size), nanoseconds(status.st_mtim),
          nanoseconds(status.st_ctim), status.st_ino};
}

FileStamp stamp_of(const fs::path& file) {
  struct stat status {};
  if (::stat(file.c_str(), &status) != 0) fail("read", file, words(errno));
  return to_stamp(status);
}

FileStamp stamp_of(int descriptor, const fs::path& file) {
  struct stat status {};
  if (::fstat(descriptor, &status) != 0) fail("read", file, words(errno));
  if (!S_ISREG(status.st_mode)) fail("read", file, "it is not a regular file");
  return to_stamp(status);
}

bool is_there(const fs::path& path) {
  std::error_code error;
  fs::file_status status = fs::status(path, error);
  if (!fs::status_known(status)) fail("read", path, error.message());
  return fs::exists(status);
}

FileStamp noted(FileStamp stamp) {
  timespec now{};
  ::clock_gettime(CLOCK_REALTIME, &now);
  // A time in the future is no better.
  if (nanoseconds(now) - stamp.changed < clock_tick) stamp.modified = stamp.changed = 0;
  return stamp;
}

namespace {

// Of a file that goes on changing, or changed in the future, no times are noted in the end.
FileStamp settled_stamp(int descriptor, const fs::path& file) {
  for (int attempt = 1;; ++attempt) {
    const FileStamp now = stamp_of(descriptor, file), stamp = noted(now);
    if (stamp == now || now.size <= worth_waiting || attempt == 3) return stamp;
    std::this_thread::sleep_for(std::chrono::nanoseconds(clock_tick));
  }
}

FileContent read_open(const Descriptor& descriptor, const FileStamp& stamp, const fs::path& file) {
  if (stamp.size > max_file) refuse_size(file, stamp.size);
  return {read_all(descriptor.get(), stamp.size, file), stamp};
}

}  // namespace

FileContent read_file(const fs::path& file) {
  const Descriptor descriptor = open_to_read(file);
  return read_open(descriptor, noted(stamp_of(descriptor.get(), file)), file);
}

FileContent read_part(const fs::path& file,
                      const std::function<std::string(int descriptor)>& read) {
  const Descriptor descriptor = open_to_read(file);
  const FileStamp stamp = noted(stamp_of(descriptor.get(), file));
  return {read(descriptor.get()), stamp};
}

FileContent read_settled_file(const fs::path& file) {
  const Descriptor descriptor = open_to_read(file);
  return read_open(descriptor, settled_stamp(descriptor.get(), file), file);
}

}  // namespace reg
