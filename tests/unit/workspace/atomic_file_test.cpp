#include <doctest/doctest.h>
#include <fcntl.h>
#include <reg/error.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#include <workspace/atomic_file.h>

#include <csignal>
#include <functional>

#include <scratch.h>

using namespace reg;
using namespace reg_test;

namespace {

mode_t mode_of(const std::filesystem::path& path) {
  struct stat status {};
  REQUIRE(::stat(path.c_str(), &status) == 0);
  return status.st_mode & 07777;
}

class Umask {
 public:
  explicit Umask(mode_t mask) : before_(::umask(mask)) {}
  ~Umask() { ::umask(before_); }
  Umask(const Umask&) = delete;
  Umask& operator=(const Umask&) = delete;

 private:
  mode_t before_;
};

// No file may grow beyond this many bytes; the signal that would kill the writer is ignored.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    rlimit limit = before_;
    limit.rlim_cur = bytes;
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FileSizeLimit() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;

 private:
  rlimit before_{};
  void (*handler_)(int);
};

std::string error_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const StorageError& error) {
    CHECK(error.kind() == ErrorKind::Io);
    return error.what();
  }
  return {};
}

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a committed file has what was written, and nothing else is left in its folder") {
  ScratchFolder folder;
  AtomicFile file(folder / "cache");
  file.write("one ");
  file.write("two");
  CHECK(file.size() == 7);
  CHECK_FALSE(std::filesystem::exists(folder / "cache"));
  file.commit();
  CHECK(read_file(folder / "cache") == "one two");
  CHECK(files_in(folder.path()) == 1);
}

TEST_CASE("without a commit the target stays as it was, and nothing is left behind") {
  ScratchFolder folder;
  write_file(folder / "cache", "old");
  {
    AtomicFile file(folder / "cache");
    file.write("new");
    CHECK(files_in(folder.path()) == 2);
  }
  CHECK(read_file(folder / "cache") == "old");
  CHECK(files_in(folder.path()) == 1);
}

TEST_CASE("writes of every size around the buffer's arrive whole and in order") {
  ScratchFolder folder;
  std::string expected;
  AtomicFile file(folder / "cache");
  for (std::size_t size :
       {std::size_t{1}, (std::size_t{1} << 20) - 1, std::size_t{1} << 20,
        (std::size_t{1} << 20) + 1, std::size_t{20} << 20, std::size_t{0}, std::size_t{7}}) {
    std::string bytes(size, static_cast<char>('a' + expected.size() % 26));
    file.write(bytes);
    expected += bytes;
  }
  CHECK(file.size() == expected.size());
  file.commit();
  CHECK(read_file(folder / "cache") == expected);
}

TEST_CASE("bytes that are written already can be overwritten, also while they are buffered") {
  ScratchFolder folder;
  AtomicFile file(folder / "cache");
  file.write("____-rest");
  file.overwrite(0, "head");
  file.write("-more");
  file.commit();
  CHECK(read_file(folder / "cache") == "head-rest-more");
}

TEST_CASE("a range of another file is copied between what is written before and after") {
  ScratchFolder folder;
  std::string source;
  for (int i = 0; source.size() < 20'000'000; ++i) source += std::to_string(i);
  write_file(folder / "source", source);
  int fd = ::open((folder / "source").c_str(), O_RDONLY | O_CLOEXEC);
  REQUIRE(fd >= 0);
  AtomicFile file(folder / "cache");
  file.write("<");
  file.copy_from(fd, 10, 19'500'000);
  file.write(">");
  file.copy_from(fd, 0, 0);
  CHECK(file.size() == 19'500'002);
  file.commit();
  ::close(fd);
  CHECK((read_file(folder / "cache") == '<' + source.substr(10, 19'500'000) + '>'));
}

TEST_CASE("a range that cannot be copied in the kernel is copied by hand") {
  int ends[2];
  REQUIRE(::pipe2(ends, O_CLOEXEC) == 0);
  ScratchFolder folder;
  AtomicFile file(folder / "cache");
  // A pipe has no offsets: neither way works, and the second one says so.
  CHECK(contains(error_of([&] { file.copy_from(ends[0], 0, 5); }), "Illegal seek"));
  ::close(ends[0]);
  ::close(ends[1]);
  // Files under /proc are copied by hand only.
  int fd = ::open("/proc/self/cmdline", O_RDONLY | O_CLOEXEC);
  REQUIRE(fd >= 0);
  AtomicFile other(folder / "other");
  other.copy_from(fd, 0, 3);
  other.commit();
  ::close(fd);
  CHECK(read_file(folder / "other") == read_file("/proc/self/cmdline").substr(0, 3));
}

TEST_CASE("a source that is shorter than the range to be copied is an error") {
  ScratchFolder folder;
  write_file(folder / "source", "short");
  int fd = ::open((folder / "source").c_str(), O_RDONLY | O_CLOEXEC);
  REQUIRE(fd >= 0);
  AtomicFile file(folder / "cache");
  CHECK_FALSE(error_of([&] { file.copy_from(fd, 0, 100); }).empty());
  ::close(fd);
}

TEST_CASE("a new file has the rights that the umask leaves") {
  ScratchFolder folder;
  Umask mask(027);
  AtomicFile file(folder / "cache");
  file.commit();
  CHECK(mode_of(folder / "cache") == 0640);
}

TEST_CASE("a replaced file keeps its rights") {
  ScratchFolder folder;
  write_file(folder / "cache", "old");
  REQUIRE(::chmod((folder / "cache").c_str(), 0604) == 0);
  Umask mask(077);
  AtomicFile file(folder / "cache");
  file.commit();
  CHECK(mode_of(folder / "cache") == 0604);
}

TEST_CASE(
    "what killed writers of this file left behind is removed, and nothing that only looks alike") {
  ScratchFolder folder;
  const char* kept[] = {".cache.0123456789abcde.tmp",  ".cache.0123456789abcdeg.tmp",
                        ".cache.0123456789ABCDEF.tmp", "cache.0123456789abcdef.tmp",
                        ".other.0123456789abcdef.tmp", ".cache.0123456789abcdef.tmp~",
                        ".cachex0123456789abcdef.tmp", ".cache.00123456789abcdef.tmp"};
  for (const char* name : kept) write_file(folder / name, "mine");
  write_file(folder / ".cache.0123456789abcdef.tmp", "stale");
  write_file(folder / ".cache.ffffffffffffffff.tmp", "stale");
  {
    AtomicFile file(folder / "cache");
    CHECK_FALSE(std::filesystem::exists(folder / ".cache.0123456789abcdef.tmp"));
    CHECK_FALSE(std::filesystem::exists(folder / ".cache.ffffffffffffffff.tmp"));
  }
  CHECK(files_in(folder.path()) == std::size(kept));
}

TEST_CASE("the temporary file is hidden, named after the target, and differently each time") {
  ScratchFolder folder;
  auto temporary = [&] {
    AtomicFile file(folder / "cache");
    return std::filesystem::directory_iterator(folder.path())->path().filename().string();
  };
  std::string first = temporary();
  CHECK(first.starts_with(".cache."));
  CHECK(first.ends_with(".tmp"));
  CHECK(first.size() == std::string(".cache.0123456789abcdef.tmp").size());
  CHECK(temporary() != first);
}

TEST_CASE("a folder that is missing or cannot be written is an error with its path and reason") {
  ScratchFolder folder;
  std::string missing = error_of([&] { AtomicFile file(folder / "none/cache"); });
  CHECK(contains(missing, (folder / "none").string()));
  CHECK(contains(missing, "No such file or directory"));
  // Not even root may create files there.
  CHECK(contains(error_of([] { AtomicFile file("/proc/self/cache"); }), "/proc/self/cache"));
}

TEST_CASE("a file that grows beyond the limit is an error, and the target stays as it was") {
  ScratchFolder folder;
  write_file(folder / "cache", "old");
  std::string error;
  {
    FileSizeLimit limit(1'500'000);
    error = error_of([&] {
      AtomicFile file(folder / "cache");
      for (int i = 0; i < 4; ++i) file.write(std::string(1'000'000, 'x'));
      file.commit();
    });
  }
  CHECK(contains(error, "cannot write " + (folder / "cache").string()));
  CHECK(contains(error, "File too large"));
  CHECK(read_file(folder / "cache") == "old");
  CHECK(files_in(folder.path()) == 1);
}

TEST_CASE("a full device is an error when the bytes are flushed") {
  ScratchFolder folder;
  write_file(folder / "cache", "old");
  {
    FileSizeLimit limit(10);
    AtomicFile file(folder / "cache");
    file.write("more than ten bytes");
    CHECK_FALSE(error_of([&] { file.commit(); }).empty());
  }
  CHECK(read_file(folder / "cache") == "old");
  CHECK(files_in(folder.path()) == 1);
}

TEST_CASE("a target that is a folder cannot be replaced, and the temporary file goes") {
  ScratchFolder folder;
  std::filesystem::create_directory(folder / "cache");
  {
    AtomicFile file(folder / "cache");
    CHECK(contains(error_of([&] { file.commit(); }), "cannot replace"));
  }
  CHECK(files_in(folder.path()) == 1);
}

TEST_CASE("a symbolic link in the target's place is replaced, and what it points to left alone") {
  ScratchFolder folder;
  write_file(folder / "real", "old");
  std::filesystem::create_symlink("real", folder / "cache");
  AtomicFile file(folder / "cache");
  file.write("new");
  file.commit();
  CHECK(read_file(folder / "real") == "old");
  CHECK(read_file(folder / "cache") == "new");
  CHECK_FALSE(std::filesystem::is_symlink(folder / "cache"));
}
