#include <doctest/doctest.h>
#include <workspace/discover.h>
#include <workspace/path_pattern.h>

using reg::PathPattern;

TEST_CASE("two stars stand for any number of folders") {
  PathPattern pattern("plugins/**/*.reg.toml");
  CHECK(pattern.base() == "plugins");
  CHECK(pattern.has_wildcard());
  CHECK(pattern.matches("plugins/a.reg.toml"));
  CHECK(pattern.matches("plugins/x/y/a.reg.toml"));
  CHECK_FALSE(pattern.matches("other/a.reg.toml"));
  CHECK_FALSE(pattern.matches("plugins/a.reg.json"));
}

TEST_CASE("one star stays within a folder's name") {
  CHECK(PathPattern("a/*.x").matches("a/b.x"));
  CHECK_FALSE(PathPattern("a/*.x").matches("a/b/c.x"));
  CHECK(PathPattern("./a//b/").matches("a/b"));
}

TEST_CASE("manual.reg.json is the last of the sources, whatever its name sorts like") {
  CHECK(reg::source_before("z.reg.json", "manual.reg.json"));
  CHECK_FALSE(reg::source_before("manual.reg.json", "z.reg.json"));
  CHECK(reg::source_before("a", "b"));
}

TEST_CASE("a path lies under itself and its folders, and not under a name that it begins with") {
  CHECK(reg::is_under("a/b", "a"));
  CHECK(reg::is_under("a/b", "a/b"));
  CHECK(reg::is_under("a/b", "."));
  CHECK_FALSE(reg::is_under("ab/c", "a"));
}
