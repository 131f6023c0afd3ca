#include "reading.h"

#include <doctest/doctest.h>
#include <manifest/toml_depth.h>

using namespace reg;
using namespace reg::test;

namespace {

std::string only_problem(std::string_view text) {
  const auto found = toml_problems(text);
  REQUIRE(found.size() == 1);
  return found.front();
}

std::string repeated(std::string_view part, std::size_t times) {
  std::string text;
  for (std::size_t i = 0; i < times; ++i) text += part;
  return text;
}

}  // namespace

TEST_CASE("an empty TOML file declares nothing, and that is fine") {
  for (const char* text : {"", "\n\n", "# nothing yet\n", "\xEF\xBB\xBF"}) {
    const auto read = read_toml(text);
    CHECK(problems(read).empty());
    CHECK(read.symbols.empty());
  }
}

TEST_CASE("a TOML syntax error names the place and says what was expected") {
  CHECK(only_problem("[registries.r]\nfields = [\"a\"\n\n[[symbols]]\n")
            .starts_with("4:1: not valid TOML ("));
  CHECK(only_problem("[[symbols]]\nregistry 'r'\n") ==
        "2:10: not valid TOML (key-value pair): expected '=', saw '''");
}

TEST_CASE("a key that stands twice in TOML is an error") {
  CHECK(only_problem("[[symbols]]\nregistry = 'r'\ntarget = 't'\ntarget = 'u'\n")
            .find("cannot redefine existing string 'target'") != std::string::npos);
  CHECK(only_problem("[registries.r]\n[registries.r]\n")
            .find("cannot redefine existing table 'registries.r'") != std::string::npos);
}

TEST_CASE("dates, times, infinities and NaN are errors") {
  const auto read = read_toml(R"([[symbols]]
registry = 'r'
target = 't'
info = { a = 2020-01-02, b = 07:30:00, c = inf, d = [-nan], e = 1.5 }
doc = 1979-05-27T07:32:00Z
)");
  CHECK(
      problems(read) ==
      Lines{"4:14: symbols[0].info.a: dates and times are not values of a manifest (quote it, to "
            "make it a string)",
            "4:30: symbols[0].info.b: dates and times are not values of a manifest (quote it, to "
            "make it a string)",
            "4:44: symbols[0].info.c: a number must be finite",
            "4:54: symbols[0].info.d[0]: a number must be finite",
            "5:7: symbols[0].doc: dates and times are not values of a manifest (quote it, to make "
            "it a string)"});
  CHECK(read.symbols.empty());
}

TEST_CASE("control characters and NUL bytes in TOML are errors") {
  using namespace std::string_view_literals;
  CHECK(toml_problems("a = \"x\x1b[31m\"\n"sv).size() == 1);
  CHECK(toml_problems("a\0 = 1\n"sv).size() == 1);
  CHECK(
      toml_problems("[[symbols]]\nregistry = \"\\u001b[31m\"\ntarget = \"a\\nb\"\n"sv) ==
      Lines{"2:12: symbols[0].registry: \"\\u001b[31m\" cannot name a registry: a registry's name "
            "has only ASCII letters, digits and _ . : -",
            "3:10: symbols[0].target: \"a\\nb\" cannot be a target: it cannot have white space or "
            "control characters"});
}

TEST_CASE("bytes that are not UTF-8 in TOML are an error at the first of them") {
  CHECK(only_problem("# caf\xC3\xA9\n# caf\xE9\n") ==
        "2:6: not UTF-8: the byte 0xE9 cannot stand here (save the file as UTF-8)");
}

TEST_CASE("a TOML manifest truncated anywhere neither crashes nor loses its earlier symbols") {
  const std::string text =
      "[registries.r]\nfields = { f = 'int' }\n[[symbols]]\nregistry = 'r'\ntarget = 't'\n"
      "[[symbols]]\nregistry = [\"r\", \"s\"]\ntarget = \"\"\"a\\u0062\"\"\"\n"
      "info = { f = 12, 'g h' = [ true, 1.5e3 ] }\nwhen = '''a == 1'''\n";
  for (std::size_t size = 0; size <= text.size(); ++size) {
    CAPTURE(size);
    const auto read = read_toml(std::string_view(text).substr(0, size));
    CHECK(read.diagnostics.size() <= 4);
    if (size == text.size()) CHECK(read.symbols.size() == 3);
  }
}

TEST_CASE("TOML nested deeper than 200 levels is an error, in each of its ways to nest") {
  const std::string dotted = repeated("a.", 100'000) + "a";
  CHECK(only_problem("x = " + repeated("[", 10'000)) == "1:205: nested deeper than 200 levels");
  CHECK(only_problem("x = " + repeated("{a=", 10'000)).ends_with("nested deeper than 200 levels"));
  CHECK(only_problem(dotted + " = 1\n") == "1:402: nested deeper than 200 levels");
  CHECK(only_problem("[" + dotted + "]\n").ends_with("nested deeper than 200 levels"));
  CHECK(only_problem("[[" + dotted + "]]\n").ends_with("nested deeper than 200 levels"));
  CHECK(only_problem(repeated("'a'.", 100'000) + "a = 1\n")
            .ends_with("nested deeper than 200 levels"));
  const std::string mixed = repeated(repeated("b.", 50) + "b = {", 10);
  CHECK(only_problem(mixed).ends_with("nested deeper than 200 levels"));
  CHECK(only_problem("x = " + repeated("[", 10'000'000)).ends_with("200 levels"));
}

TEST_CASE("what looks like nesting in strings, comments and numbers is none") {
  const auto depth = [](const std::string& text) { return toml_too_deep(text, 3).has_value(); };
  CHECK_FALSE(depth("a = 'x.[[[[{{{{.....'\n"));
  CHECK_FALSE(depth("a = \"\\\"[[[[{{{{\"\n"));
  CHECK_FALSE(depth("a = '''\n[[[[.....'''''\n"));
  CHECK_FALSE(depth("a = \"\"\"\\\"\"\"[[[[\n....\"\"\"\n"));
  CHECK_FALSE(depth("# [[[[....{{{{\n"));
  CHECK_FALSE(depth("a = [1.5, 2.5, 3.5, 4.5, 5.5]\n"));
  CHECK_FALSE(depth("a.b = 1.0\na.c = 1.0\na.d = 1.0\na.e = 1.0\n"));
  CHECK_FALSE(depth("[a.b]\n[[c.d]]\nx = { y = 1, z = 2 }\n"));
  CHECK_FALSE(depth("x = [\n  'a', # [[\n  'b',\n]\n[[y]]\n"));
  CHECK(depth("[a.b]\nx = { y = { z = 1 } }\n"));
  CHECK(depth("[a.b.c.d]\n"));
  CHECK(depth("[a]\nb.c.d.e = 1\n"));
  CHECK(depth("a = 'x'\nb = [[[[1]]]]\n"));
  CHECK(depth("a = '''x'''\nb = [[[[1]]]]\n"));
}
