#include <doctest/doctest.h>
#include <reg/error.h>
#include <revision/new_folder.h>

#include <scratch.h>
#include <fstream>
#include <iterator>

using namespace reg;
using namespace reg_test;
namespace fs = std::filesystem;

namespace {

std::string content_of(const fs::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_CASE("files of a new folder lie below it, with the folders on the way") {
  const ScratchFolder scratch;
  const NewFolder folder(scratch / "new");
  folder.write_file("a/b/c.toml", "text");
  CHECK(content_of(scratch / "new/a/b/c.toml") == "text");
  CHECK(folder.has("a/b"));
  CHECK(folder.has("a/b/c.toml/d"));
  CHECK_FALSE(folder.has("a/d"));
  CHECK_THROWS_AS(folder.write_file("a/b/c.toml", "other"), StorageError);
  CHECK_THROWS_AS(NewFolder(scratch / "new"), StorageError);
}

TEST_CASE("no link leads out of a new folder") {
  const ScratchFolder scratch;
  fs::create_directory(scratch / "outside");
  const NewFolder folder(scratch / "new");
  REQUIRE(folder.write_link("d", scratch / "outside"));
  CHECK_FALSE(folder.write_link("d", "elsewhere"));
  CHECK_FALSE(folder.write_link("d/planted", "elsewhere"));
  CHECK_FALSE(folder.write_link("../planted", "elsewhere"));
  CHECK_THROWS_AS(folder.write_file("d/planted", "text"), StorageError);
  CHECK_THROWS_AS(folder.write_file("d/e/planted", "text"), StorageError);
  CHECK_THROWS_AS(folder.write_file("../outside/planted", "text"), StorageError);
  REQUIRE(folder.write_link("f", scratch / "outside/file"));
  CHECK_THROWS_AS(folder.write_file("f", "text"), StorageError);
  CHECK(fs::is_empty(scratch / "outside"));
}
