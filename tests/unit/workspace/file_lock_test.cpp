#include <cache/cache_lock.h>
#include <doctest/doctest.h>
#include <reg/error.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <thread>

#include <scratch.h>

using namespace reg;
using namespace reg_test;
using namespace std::chrono_literals;

namespace {

std::string timeout_message(const std::filesystem::path& cache) {
  try {
    CacheLock lock(cache, wait_for(0ms));
  } catch (const StorageError& error) {
    CHECK(error.kind() == ErrorKind::LockTimeout);
    CHECK_FALSE(error.hint().empty());
    return error.what();
  }
  return {};
}

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

// A process that holds the lock until it is killed.
class Holder {
 public:
  explicit Holder(const std::filesystem::path& cache) {
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    pid_ = ::fork();
    if (pid_ == 0) hold(cache, ends[1]);
    ::close(ends[1]);
    char ready = 0;
    REQUIRE(::read(ends[0], &ready, 1) == 1);
    ::close(ends[0]);
  }
  ~Holder() { kill(); }
  Holder(const Holder&) = delete;
  Holder& operator=(const Holder&) = delete;

  pid_t pid() const { return pid_; }
  void kill() {
    if (killed_) return;
    killed_ = true;
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }

 private:
  [[noreturn]] static void hold(const std::filesystem::path& cache, int ready) {
    CacheLock lock(cache, wait_for(10s));
    if (::write(ready, "x", 1) != 1) ::_exit(1);
    for (;;) ::pause();
  }
  pid_t pid_ = -1;
  bool killed_ = false;
};

}  // namespace

TEST_CASE("a second lock of the same cache times out, and a released one is free again") {
  ScratchFolder folder;
  {
    CacheLock lock(folder / "cache", wait_for(0ms));
    CHECK(lock.cache() == folder / "cache");
    CHECK(contains(timeout_message(folder / "cache"), "was not free within 0 s"));
  }
  CHECK_NOTHROW(CacheLock(folder / "cache", wait_for(0ms)));
}

TEST_CASE("locks of different caches do not meet") {
  ScratchFolder folder;
  CacheLock one(folder / "one", wait_for(0ms));
  CHECK_NOTHROW(CacheLock(folder / "two", wait_for(0ms)));
}

TEST_CASE("the message of a timeout names the process that could be holding the lock") {
  ScratchFolder folder;
  Holder holder(folder / "cache");
  std::string message = timeout_message(folder / "cache");
  CHECK(contains(message, (folder / "cache.lock").string()));
  CHECK(contains(message,
                 "process " + std::to_string(holder.pid()) + " (" + program_invocation_short_name));
  CHECK(contains(message, "could be holding it"));
}

TEST_CASE("a lock is free as soon as its holder was killed") {
  ScratchFolder folder;
  Holder holder(folder / "cache");
  CHECK_FALSE(timeout_message(folder / "cache").empty());
  holder.kill();
  CHECK_NOTHROW(CacheLock(folder / "cache", wait_for(0ms)));
}

TEST_CASE("one that waits gets the lock when it is released") {
  ScratchFolder folder;
  auto lock = std::make_unique<CacheLock>(folder / "cache", wait_for(0ms));
  std::atomic<bool> got = false;
  std::thread waiting([&] {
    CacheLock mine(folder / "cache", wait_for(1h));
    got = true;
  });
  lock.reset();
  waiting.join();
  CHECK(got);
}

TEST_CASE("only one of many threads and processes is inside at a time, and no turn is lost") {
  ScratchFolder folder;
  write_file(folder / "count", "0");
  auto increment = [&] {
    CacheLock lock(folder / "cache", wait_for(60s));
    write_file(folder / "count", std::to_string(std::stoi(read_file(folder / "count")) + 1));
  };
  std::vector<pid_t> children;
  for (int child = 0; child < 4; ++child) {
    pid_t pid = ::fork();
    if (pid == 0) {
      for (int i = 0; i < 25; ++i) increment();
      ::_exit(0);
    }
    children.push_back(pid);
  }
  std::vector<std::thread> threads;
  for (int i = 0; i < 2; ++i) {
    threads.emplace_back([&] {
      for (int j = 0; j < 25; ++j) increment();
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (pid_t pid : children) {
    int status = 0;
    CHECK(::waitpid(pid, &status, 0) == pid);
    CHECK(status == 0);
  }
  CHECK(read_file(folder / "count") == "150");
}

TEST_CASE("what stands in the lock file reaches the message without control characters") {
  ScratchFolder folder;
  Holder holder(folder / "cache");
  write_file(folder / "cache.lock", "42 evil\x1b[31m\x07name\nsecond line");
  std::string message = timeout_message(folder / "cache");
  CHECK(contains(message, "process 42 (evil?[31m?name) could be"));
  CHECK_FALSE(contains(message, "second"));

  write_file(folder / "cache.lock", std::string(100'000, '7'));
  CHECK(timeout_message(folder / "cache").size() < 500);
  write_file(folder / "cache.lock", "");
  CHECK(contains(timeout_message(folder / "cache"), "another process could be holding it"));
}

TEST_CASE("a lock file that is a symbolic link or no regular file is refused") {
  ScratchFolder folder;
  write_file(folder / "victim", "keep");
  std::filesystem::create_symlink("victim", folder / "one.lock");
  CHECK_THROWS_AS(CacheLock(folder / "one", wait_for(0ms)), StorageError);
  CHECK(read_file(folder / "victim") == "keep");
  REQUIRE(::mkfifo((folder / "two.lock").c_str(), 0600) == 0);
  CHECK_THROWS_AS(CacheLock(folder / "two", wait_for(0ms)), StorageError);
}

TEST_CASE("a lock makes the cache's folder, and tags a .reg") {
  ScratchFolder folder;
  CHECK_NOTHROW(CacheLock(folder / "new/folder/cache", wait_for(0ms)));
  CHECK(std::filesystem::exists(folder / "new/folder/cache.lock"));
  CHECK_FALSE(std::filesystem::exists(folder / "new/folder/.gitignore"));
  std::filesystem::create_directory(folder / ".reg");
  write_file(folder / ".reg/.gitignore", "mine\n");
  write_file(folder / ".reg/.CACHEDIR.TAG.0123456789abcdef.tmp", "of one that was killed");
  CHECK_NOTHROW(CacheLock(folder / ".reg/cache", wait_for(0ms)));
  CHECK(read_file(folder / ".reg/.gitignore") == "mine\n");
  CHECK(read_file(folder / ".reg/CACHEDIR.TAG").starts_with("Signature: 8a477f597d28d172"));
  CHECK_FALSE(std::filesystem::exists(folder / ".reg/.CACHEDIR.TAG.0123456789abcdef.tmp"));
  write_file(folder / "file", "");
  CHECK_THROWS_AS(CacheLock(folder / "file/cache", wait_for(0ms)), StorageError);
}
