#include <cache/file_lock.h>
#include <cache/reg_folder.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <workspace/io_error.h>

#include <algorithm>
#include <cerrno>
#include <string>
#include <string_view>
#include <thread>

namespace reg {

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds first_pause{1};
constexpr milliseconds longest_pause{20};
constexpr std::chrono::hours longest_wait{24 * 365};  // so that no deadline overflows
constexpr std::size_t longest_holder = 200;           // bytes

std::filesystem::path lock_path(std::filesystem::path cache) { return cache += ".lock"; }

int open_lock(const std::filesystem::path& path) {
  int fd =
      ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY, 0666);
  if (fd < 0) throw io_error("open the lock file", path, errno);
  struct stat status {};
  if (::fstat(fd, &status) == 0 && S_ISREG(status.st_mode)) return fd;
  ::close(fd);
  throw StorageError(ErrorKind::Io, "the lock file " + path.string() + " is not a regular file");
}

bool try_lock(int fd, const std::filesystem::path& path) {
  while (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
    if (errno == EWOULDBLOCK) return false;
    if (errno != EINTR) throw io_error("lock", path, errno);
  }
  return true;
}

bool lock_before(Clock::time_point deadline, int fd, const std::filesystem::path& path) {
  for (Clock::duration pause = first_pause; !try_lock(fd, path); pause *= 2) {
    Clock::time_point now = Clock::now();
    if (now >= deadline) return false;
    std::this_thread::sleep_for(std::min<Clock::duration>({pause, longest_pause, deadline - now}));
    pause = std::min<Clock::duration>(pause, longest_pause);
  }
  return true;
}

std::string start_of(const char* path) {
  int fd = ::open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return {};
  std::string text(longest_holder, '\0');
  ssize_t got = ::read(fd, text.data(), text.size());
  ::close(fd);
  text.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
  return text;
}

// The program's name and its first argument; later ones may be private.
std::string this_command() {
  std::string arguments = start_of("/proc/self/cmdline");
  std::size_t first = arguments.find('\0');
  if (first == std::string::npos) return "unknown";
  std::string command = std::filesystem::path(arguments.substr(0, first)).filename().string();
  std::string argument = arguments.substr(first + 1, arguments.find('\0', first + 1) - first - 1);
  return argument.empty() ? command : command + ' ' + argument;
}

// Only for the message of those who wait: that it cannot be written (a full disk) must not stop the
// work.
void name_holder(int fd) {
  std::string text = std::to_string(::getpid()) + ' ' + this_command() + '\n';
  if (::ftruncate(fd, 0) == 0 && ::pwrite(fd, text.data(), text.size(), 0) < 0) return;
}

char printable(char c) {
  auto byte = static_cast<unsigned char>(c);
  return byte >= 0x20 && byte < 0x7F ? c : '?';
}

// Anyone may have written there, so nothing about the text is taken for granted.
std::string holder(int fd) {
  std::string text(longest_holder, '\0');
  ssize_t got = ::pread(fd, text.data(), text.size(), 0);
  text.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
  text.resize(std::min(text.size(), text.find('\n')));
  std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  if (digits == 0) return "another process";
  std::transform(text.begin(), text.end(), text.begin(), printable);
  std::string process = "process " + text.substr(0, digits);
  return digits + 1 < text.size() ? process + " (" + text.substr(digits + 1) + ')' : process;
}

std::string in_seconds(milliseconds time) {
  std::string text = std::to_string(static_cast<double>(time.count()) / 1000);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text + " s";
}

[[noreturn]] void timed_out(int fd, const std::filesystem::path& path, milliseconds timeout) {
  throw StorageError(ErrorKind::LockTimeout,
                     "the lock " + path.string() + " was not free within " + in_seconds(timeout) +
                         ": " + holder(fd) + " could be holding it",
                     "wait for it to end, or raise lock_timeout in registry.toml");
}

}  // namespace

CacheLock::CacheLock(const std::filesystem::path& cache, milliseconds timeout) : cache_(cache) {
  std::filesystem::path path = lock_path(cache);
  if (cache.has_parent_path()) make_folder(cache.parent_path());
  fd_ = open_lock(path);
  try {
    Clock::time_point deadline = Clock::now() + std::min<milliseconds>(timeout, longest_wait);
    if (!lock_before(deadline, fd_, path)) timed_out(fd_, path, timeout);
    name_holder(fd_);
    tag_reg_folder(cache.parent_path());
  } catch (...) {
    ::close(fd_);
    throw;
  }
}

// Unlocked by name as well: a child that another thread is just starting may share the descriptor.
CacheLock::~CacheLock() {
  ::flock(fd_, LOCK_UN);
  ::close(fd_);
}

}  // namespace reg
