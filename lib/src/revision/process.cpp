#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <revision/process.h>
#include <workspace/io_error.h>
#include <array>
#include <cerrno>
#include <optional>

namespace reg {
namespace {

[[noreturn]] void fail(const std::string& doing, const std::string& what, int error) {
  throw io_error(doing, what, error);
}

// Where the caller has closed some of its first three files, what is opened may be one of them,
// which the program's own would replace.
Descriptor above_standard(int number) {
  Descriptor file(number);
  if (number < 0 || number > STDERR_FILENO) return file;
  return Descriptor(::fcntl(number, F_DUPFD_CLOEXEC, STDERR_FILENO + 1));
}

// A file without a name, so that neither side waits for the other.
Descriptor memory_file(std::string_view content) {
  Descriptor file = above_standard(::memfd_create("reg", MFD_CLOEXEC));
  if (!file.is_open()) fail("make", "a file in memory", errno);
  while (!content.empty()) {
    const ssize_t written = ::write(file.get(), content.data(), content.size());
    if (written < 0 && errno != EINTR) fail("write", "a file in memory", errno);
    if (written > 0) content.remove_prefix(static_cast<std::size_t>(written));
  }
  if (::lseek(file.get(), 0, SEEK_SET) != 0) fail("read", "a file in memory", errno);
  return file;
}

std::string content_of(const Descriptor& file) {
  std::string content;
  std::array<char, 4096> block{};
  for (off_t at = 0;;) {
    const ssize_t got = ::pread(file.get(), block.data(), block.size(), at);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    content.append(block.data(), static_cast<std::size_t>(got));
    at += got;
  }
  while (content.ends_with('\n')) content.pop_back();
  return content;
}

std::vector<char*> pointers(const std::vector<std::string>& texts) {
  std::vector<char*> all;
  all.reserve(texts.size() + 1);
  for (const std::string& text : texts) all.push_back(const_cast<char*>(text.c_str()));
  all.push_back(nullptr);
  return all;
}

// What the program finds as its first three files.
class FileActions {
 public:
  FileActions() { ::posix_spawn_file_actions_init(&actions_); }
  ~FileActions() { ::posix_spawn_file_actions_destroy(&actions_); }
  FileActions(const FileActions&) = delete;
  FileActions& operator=(const FileActions&) = delete;

  void add(const Descriptor& file, int number) {
    ::posix_spawn_file_actions_adddup2(&actions_, file.get(), number);
  }
  const posix_spawn_file_actions_t* get() const { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_{};
};

// A program is not to inherit that signals are ignored or blocked.
class Attributes {
 public:
  Attributes() {
    ::posix_spawnattr_init(&attributes_);
    sigset_t none, ignored;
    ::sigemptyset(&none);
    ::sigemptyset(&ignored);
    for (const int signal : {SIGPIPE, SIGCHLD, SIGXFSZ}) ::sigaddset(&ignored, signal);
    ::posix_spawnattr_setsigmask(&attributes_, &none);
    ::posix_spawnattr_setsigdefault(&attributes_, &ignored);
    ::posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  }
  ~Attributes() { ::posix_spawnattr_destroy(&attributes_); }
  Attributes(const Attributes&) = delete;
  Attributes& operator=(const Attributes&) = delete;

  const posix_spawnattr_t* get() const { return &attributes_; }

 private:
  posix_spawnattr_t attributes_{};
};

// A program that runs, and is waited for in any case.
class Child {
 public:
  Child(const std::vector<std::string>& words, const std::vector<std::string>& environment,
        const FileActions& files) {
    const Attributes attributes;
    const int error = ::posix_spawnp(&pid_, words.front().c_str(), files.get(), attributes.get(),
                                     pointers(words).data(), pointers(environment).data());
    if (error != 0) fail("run", words.front(), error);
  }
  ~Child() { wait(); }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  // Nothing: the system does not tell, since somebody else waited for it, or nobody is to.
  std::optional<int> wait() {
    int status = 0;
    pid_t ended = -1;
    while (pid_ != 0 && (ended = ::waitpid(pid_, &status, 0)) < 0 && errno == EINTR) {
    }
    pid_ = 0;
    if (ended < 0) return std::nullopt;
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
  }

 private:
  pid_t pid_ = 0;
};

}  // namespace

bool ProcessOutput::fill() {
  buffer_.erase(0, from_);
  from_ = 0;
  const std::size_t had = buffer_.size();
  constexpr std::size_t block = std::size_t{1} << 16;
  buffer_.resize(had + block);
  ssize_t got = -1;
  do {
    got = ::read(pipe_.get(), buffer_.data() + had, block);
  } while (got < 0 && errno == EINTR);
  if (got < 0) fail("read", "what a program writes", errno);
  buffer_.resize(had + static_cast<std::size_t>(got));
  return got > 0;
}

std::string ProcessOutput::take_until(char end) {
  for (std::size_t searched = 0;;) {
    const std::size_t found = buffer_.find(end, from_ + searched);
    if (found != std::string::npos) {
      std::string text = buffer_.substr(from_, found - from_);
      from_ = found + 1;
      return text;
    }
    searched = buffer_.size() - from_;
    if (!fill()) return take(searched);
  }
}

std::string ProcessOutput::take(std::size_t bytes) {
  while (buffer_.size() - from_ < bytes && fill()) {
  }
  std::string text = buffer_.substr(from_, bytes);
  from_ += text.size();
  return text;
}

std::string ProcessOutput::take_all() {
  while (fill()) {
  }
  return take(buffer_.size());
}

bool ProcessOutput::at_end() { return from_ == buffer_.size() && !fill(); }

ProcessEnd run_process(const std::vector<std::string>& words,
                       const std::vector<std::string>& environment, std::string_view input,
                       const std::function<void(ProcessOutput&)>& read) {
  const Descriptor in = memory_file(input), messages = memory_file({});
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) fail("make", "a pipe", errno);
  Descriptor from(ends[0]), to = above_standard(ends[1]);
  FileActions files;
  files.add(in, STDIN_FILENO);
  files.add(to, STDOUT_FILENO);
  files.add(messages, STDERR_FILENO);
  Child child(words, environment, files);
  to.reset();
  {
    // Closed before the program is waited for, which would wait for its reader otherwise.
    ProcessOutput output(std::move(from));
    read(output);
  }
  const auto status = child.wait();
  if (!status)
    throw StorageError(ErrorKind::Io, "the system does not tell how " + words.front() + " ended",
                       "a process that ignores SIGCHLD, or waits for all, cannot run it");
  return {*status, content_of(messages)};
}

}  // namespace reg
