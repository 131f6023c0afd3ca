// A file system whose listings give no types, and where looking at a name can fail.

#include "../sources.h"

#include <dirent.h>
#include <dlfcn.h>
#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <cerrno>
#include <string>

using namespace reg;
using namespace reg_test;

namespace {

// The path that nobody can look at, as long as this lives; not even as a link.
struct Unlookable {
  explicit Unlookable(std::string path) { current = std::move(path); }
  ~Unlookable() { current.clear(); }
  Unlookable(const Unlookable&) = delete;
  Unlookable& operator=(const Unlookable&) = delete;

  static inline thread_local std::string current;
};

int look(const char* path, struct stat* status, int flags) {
  if (path == Unlookable::current) {
    errno = EIO;
    return -1;
  }
  return static_cast<int>(::syscall(SYS_newfstatat, AT_FDCWD, path, status, flags));
}

const Files files = {
    {"a/m.reg.json", manifest({symbol("R", "o", "a.T")})},
    {"a/notes.txt", "none of a source"},
    {"b/m.reg.json", manifest({symbol("R", "o", "b.T", "b == 1")})},
};

}  // namespace

// What the C++ library calls instead of the C library's own.
#pragma GCC visibility push(default)
extern "C" {

dirent* readdir(DIR* folder) {
  using Function = dirent* (*)(DIR*);
  static const auto real = reinterpret_cast<Function>(::dlsym(RTLD_NEXT, "readdir"));
  dirent* entry = real(folder);
  if (entry != nullptr) entry->d_type = DT_UNKNOWN;
  return entry;
}

int stat(const char* path, struct stat* status) { return look(path, status, 0); }
int lstat(const char* path, struct stat* status) { return look(path, status, AT_SYMLINK_NOFOLLOW); }
}
#pragma GCC visibility pop

TEST_CASE("sources are found where listings give no types") {
  TestWorkspace workspace(files);
  std::filesystem::create_symlink("nothing", workspace.path() / "dangling");
  std::filesystem::create_directory_symlink("b", workspace.path() / "link");
  const AutoRegisterReport report = workspace.run();
  CHECK(report.diagnostics.empty());
  CHECK(report.symbols == 2);
}

TEST_CASE("what may be a folder is an error where it cannot be looked at") {
  TestWorkspace workspace(files);
  workspace.run();
  const std::string old = workspace.cache();
  for (const std::string name : {"a", "a/notes.txt"}) {
    CAPTURE(name);
    const Unlookable unlookable((workspace.path() / name).string());
    const AutoRegisterReport report = workspace.run();
    REQUIRE(report.diagnostics.size() == 1);
    CHECK(report.failed);
    CHECK(report.diagnostics[0].kind == ErrorKind::Io);
    CHECK(report.diagnostics[0].place.path == name);
    CHECK((workspace.cache() == old));
  }
}
