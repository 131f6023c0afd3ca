// What an origin publishes that cannot be read.

#include <doctest/doctest.h>
#include <update/read_sources.h>

using namespace reg;

namespace {

ReadSource failed(ErrorKind kind) {
  ReadSource read{{}, {100, 1, 2, 3}, 42};
  read.declarations.diagnostics.push_back(
      {Severity::Error, {".reg/remote/host.reg.json"}, "it failed", "", "", kind});
  return read;
}

}  // namespace

TEST_CASE("what an origin publishes is read again where only reading it failed") {
  ReadSource passing = failed(ErrorKind::Io), wrong = failed(ErrorKind::Input);
  without_errors_of_origin(passing, ".reg/remote/host.reg.json");
  without_errors_of_origin(wrong, ".reg/remote/host.reg.json");
  for (const ReadSource* read : {&passing, &wrong}) {
    REQUIRE(read->declarations.diagnostics.size() == 1);
    CHECK(read->declarations.diagnostics.front().severity == Severity::Warning);
  }
  CHECK(wrong.stamp == FileStamp{100, 1, 2, 3});
  CHECK(wrong.hash == 42);
  CHECK_FALSE(passing.stamp == FileStamp{100, 1, 2, 3});
  CHECK(passing.hash == 0);
}

TEST_CASE("a source of the workspace itself keeps its errors") {
  ReadSource own = failed(ErrorKind::Io);
  without_errors_of_origin(own, "a.reg.toml");
  CHECK(own.declarations.failed());
  CHECK(own.hash == 42);
}
