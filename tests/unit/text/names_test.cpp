#include <doctest/doctest.h>
#include <reg/text.h>

using reg::did_you_mean;
using reg::glob_match;
using reg::nearest;

TEST_CASE("a glob matches as fnmatch does, and its star crosses slashes and dots") {
  CHECK(glob_match("*", ""));
  CHECK(glob_match("a*c", "a/b.c"));
  CHECK(glob_match("?x", "éx"));
  CHECK_FALSE(glob_match("??x", "éx"));
  CHECK(glob_match("[a-c][!x]", "by"));
  CHECK_FALSE(glob_match("[a-c][!x]", "bx"));
  CHECK(glob_match("[]]", "]"));
  CHECK(glob_match("\\*", "*"));
  CHECK_FALSE(glob_match("\\*", "a"));
  CHECK(glob_match("[ab", "[ab"));
  CHECK_FALSE(glob_match("A", "a"));
}

TEST_CASE("a glob of many stars ends quickly on a long text that does not match") {
  std::string pattern, text(100'000, 'a');
  for (int i = 0; i < 100; ++i) pattern += "*a";
  CHECK(glob_match(pattern, text));
  CHECK_FALSE(glob_match(pattern + "b", text));
}

TEST_CASE("the nearest name is the one with the fewest slips, and a far one is none") {
  CHECK(nearest("taget", {"target", "registry"}) == "target");
  CHECK(nearest("resnet", {"ResNet"}) == "ResNet");
  CHECK(nearest("ab", {"ba", "xy"}) == "ba");
  CHECK(nearest("banana", {"registry", "oid"}).empty());
  CHECK(nearest("x", {}).empty());
  CHECK(nearest(std::string(10'000, 'x'), {"x"}).empty());
  CHECK(did_you_mean("selct", {"select"}) == "did you mean \"select\"?");
  CHECK(did_you_mean("banana", {"select"}).empty());
}
