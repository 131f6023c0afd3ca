#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <workspace/files.h>
#include <cerrno>
#include <chrono>
#include <system_error>
#include <thread>

namespace reg {
namespace fs = std::filesystem;
namespace {

// The coarsest clock tick of the kernels that matter (CONFIG_HZ=100), doubled.
constexpr std::int64_t clock_tick = 20'000'000;

[[noreturn]] void fail(const std::string& what, const fs::path& file, const std::string& why) {
  throw StorageError(ErrorKind::Io, "cannot " + what + " " + file.string() + ": " + why, "",
                     {file.string()});
}

std::string words(int error) { return std::generic_category().message(error); }

std::int64_t nanoseconds(const timespec& time) {
  return time.tv_sec * 1'000'000'000LL + time.tv_nsec;
}

FileStamp to_stamp(const struct stat& status) {
  return {static_cast<std::uint64_t>(status.st_size), nanoseconds(status.st_mtim),
          nanoseconds(status.st_ctim), status.st_ino};
}

class Descriptor {
 public:
  explicit Descriptor(const fs::path& file)
      : fd_(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {
    if (fd_ < 0) fail("open", file, words(errno));
  }
  ~Descriptor() { ::close(fd_); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

FileStamp stamp_of_open(int fd, const fs::path& file) {
  struct stat status {};
  if (::fstat(fd, &status) != 0) fail("read", file, words(errno));
  if (!S_ISREG(status.st_mode)) fail("read", file, "it is not a regular file");
  return to_stamp(status);
}

void wait_until_settled(const FileStamp& stamp) {
  timespec now{};
  ::clock_gettime(CLOCK_REALTIME, &now);
  std::int64_t age = nanoseconds(now) - stamp.changed;
  if (age >= 0 && age < clock_tick)
    std::this_thread::sleep_for(std::chrono::nanoseconds(clock_tick - age));
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
  }
  text.resize(have);
  return text;
}

}  // namespace

FileStamp stamp_of(const fs::path& file) {
  struct stat status {};
  if (::stat(file.c_str(), &status) != 0) fail("read", file, words(errno));
  return to_stamp(status);
}

bool is_there(const fs::path& path) {
  std::error_code error;
  fs::file_status status = fs::status(path, error);
  if (!fs::status_known(status)) fail("read", path, error.message());
  return fs::exists(status);
}

FileContent read_file(const fs::path& file) {
  Descriptor descriptor(file);
  FileStamp stamp = stamp_of_open(descriptor.get(), file);
  wait_until_settled(stamp);
  stamp = stamp_of_open(descriptor.get(), file);
  return {read_all(descriptor.get(), stamp.size, file), stamp};
}

ConfigFile load_config(const Workspace& workspace) {
  return read_config(read_file(workspace.config()).text, Workspace::config_name);
}

ConfigFile require_config(const Workspace& workspace) {
  ConfigFile config = load_config(workspace);
  if (config.declarations.failed()) throw InputError(std::move(config.declarations.diagnostics));
  return config;
}

}  // namespace reg
