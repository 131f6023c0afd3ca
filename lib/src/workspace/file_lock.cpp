#include <fcntl.h>
#include <reg/error.h>
#include <reg/workspace.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <workspace/file_lock.h>
#include <workspace/io_error.h>
#include <workspace/reg_folder.h>

#include <algorithm>
#include <cerrno>
#include <string_view>
#include <thread>
#include <utility>

namespace reg {

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds first_pause{1};
constexpr milliseconds longest_pause{20};
constexpr std::chrono::hours longest_wait{24 * 365};  // so that no deadline overflows
constexpr std::size_t longest_holder = 200;           // bytes

Descriptor open_lock(const std::filesystem::path& path) {
  constexpr int flags = O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY;
  Descriptor file(::open(path.c_str(), flags, 0666));
  if (!file.is_open()) throw io_error("open the lock file", path, errno);
  struct stat status {};
  if (::fstat(file.get(), &status) == 0 && S_ISREG(status.st_mode)) return file;
  throw StorageError(ErrorKind::Io, "the lock file " + path.string() + " is not a regular file");
}

bool try_lock(int fd, const std::filesystem::path& path) {
  while (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
    if (errno == EWOULDBLOCK) return false;
    if (errno != EINTR) throw io_error("lock", path, errno);
  }
  return true;
}

std::string start_of(const char* path) {
  const Descriptor file(::open(path, O_RDONLY | O_CLOEXEC));
  if (!file.is_open()) return {};
  std::string text(longest_holder, '\0');
  ssize_t got = ::read(file.get(), text.data(), text.size());
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

std::string content_of(int fd) {
  std::string text(longest_holder, '\0');
  std::size_t have = 0;
  for (;;) {
    const ssize_t got =
        ::pread(fd, text.data() + have, text.size() - have, static_cast<off_t>(have));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    have += static_cast<std::size_t>(got);
  }
  text.resize(have);
  return text;
}

std::size_t leading_digits(std::string_view text) {
  return std::min(text.find_first_not_of("0123456789"), text.size());
}

// Empty, or what `name_holder` writes, or what a full disk left of it; or the zeros that a crash of
// the machine leaves in its place.
bool is_lock_text(std::string_view text) {
  if (text.find_first_not_of('\0') == std::string_view::npos) return true;
  const std::size_t digits = leading_digits(text);
  const std::string_view rest = text.substr(digits);
  return digits != 0 && (rest.empty() || rest.front() == ' ') &&
         rest.find('\n') >= rest.size() - std::min<std::size_t>(rest.size(), 1);
}

// Only for the message of those who wait: that it cannot be written (a full disk) must not stop the
// work.
void name_holder(int fd) {
  std::string text = std::to_string(::getpid()) + ' ' + this_command();
  text.resize(std::min(text.size(), longest_holder - 1));
  std::replace(text.begin(), text.end(), '\n', ' ');
  text += '\n';
  if (::ftruncate(fd, 0) == 0 && ::pwrite(fd, text.data(), text.size(), 0) < 0) return;
}

char printable(char c) {
  auto byte = static_cast<unsigned char>(c);
  return byte >= 0x20 && byte < 0x7F ? c : '?';
}

// Anyone may have written there, so nothing about the text is taken for granted.
std::string holder(int fd) {
  std::string text = content_of(fd);
  text.resize(std::min(text.size(), text.find('\n')));
  const std::size_t digits = leading_digits(text);
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

void lock_within(const LockWait& wait, int fd, const std::filesystem::path& path) {
  if (try_lock(fd, path)) return;
  // Who has just taken it has not named itself yet.
  std::this_thread::sleep_for(first_pause);
  if (try_lock(fd, path)) return;
  if (wait.on_wait) wait.on_wait(path, holder(fd));
  const milliseconds timeout = wait.timeout();
  const Clock::time_point deadline = Clock::now() + std::min<milliseconds>(timeout, longest_wait);
  for (Clock::duration pause = first_pause; !try_lock(fd, path); pause *= 2) {
    const Clock::time_point now = Clock::now();
    if (now >= deadline) timed_out(fd, path, timeout);
    std::this_thread::sleep_for(std::min<Clock::duration>({pause, longest_pause, deadline - now}));
    pause = std::min<Clock::duration>(pause, longest_pause);
  }
}

}  // namespace

LockWait wait_for(milliseconds timeout) {
  return {[timeout] { return timeout; }};
}

FileLock::FileLock(const std::filesystem::path& file, const LockWait& wait)
    : FileLock(open_lock(file)) {
  lock_within(wait, file_.get(), file);
  take(file);
}

std::optional<FileLock> FileLock::try_lock(const std::filesystem::path& file) {
  FileLock lock(open_lock(file));
  if (!reg::try_lock(lock.file_.get(), file)) return std::nullopt;
  lock.take(file);
  return lock;
}

void FileLock::take(const std::filesystem::path& file) {
  if (!is_lock_text(content_of(file_.get()))) {
    throw StorageError(ErrorKind::Io,
                       "the file " + file.string() + " stands where a lock has to, and is none",
                       "move it away, or keep the cache under another name");
  }
  name_holder(file_.get());
}

// Unlocked by name as well: a child that another thread is just starting may share the descriptor.
FileLock::~FileLock() {
  if (file_.is_open()) ::flock(file_.get(), LOCK_UN);
}

namespace {

std::filesystem::path workspace_lock(const std::filesystem::path& root) {
  const std::filesystem::path folder = root / Workspace::folder_name;
  make_folder(folder);
  return folder / "workspace.lock";
}

}  // namespace

WorkspaceLock::WorkspaceLock(const std::filesystem::path& root, const LockWait& wait)
    : lock_(workspace_lock(root), wait) {
  tag_reg_folder(root / Workspace::folder_name);
}

std::optional<WorkspaceLock> WorkspaceLock::try_lock(const std::filesystem::path& root) noexcept {
  try {
    auto lock = FileLock::try_lock(workspace_lock(root));
    if (lock) return WorkspaceLock(std::move(*lock));
  } catch (const std::exception&) {  // read-only, most likely
  }
  return std::nullopt;
}

}  // namespace reg
