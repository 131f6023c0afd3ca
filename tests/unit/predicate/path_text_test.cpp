#include <doctest/doctest.h>
#include <predicate/generators.h>
#include <predicate/path_text.h>

namespace reg::ast {
namespace {

using Keys = std::vector<std::string>;

TEST_CASE("a path's text is taken apart, and put together again") {
  CHECK(parse_path("sm") == Keys{"sm"});
  CHECK(parse_path(" cpu.isa ") == Keys{"cpu", "isa"});
  CHECK(parse_path("`a.b`.c") == Keys{"a.b", "c"});
  CHECK(parse_path("`self`.in.`v2`") == Keys{"self", "in", "v2"});
  CHECK(print_path(Keys{"cpu", "isa"}) == "cpu.isa");
  CHECK(print_path(Keys{"a.b", "c`d"}) == "`a.b`.`c``d`");
  CHECK(print_path(Keys{"true", "true", "v2", "self"}) == "`true`.true.v2.self");
}

TEST_CASE("what is no path of a fact is refused, with its offset") {
  struct Row {
    const char* text;
    std::size_t offset;
    const char* message;
  };
  for (const Row& row : {Row{"", 0, "expected a path"},
                         {"true", 0, R"(expected a path, found "true")"},
                         {"1", 0, R"(expected a path, found "1")"},
                         {"v1.2", 0, R"(expected a path, found "v1.2")"},
                         {"a.b c", 4, R"(expected the end of the path, found "c")"},
                         {"a b", 2, R"(expected the end of the path, found "b")"},
                         {"a()", 1, R"(expected the end of the path, found "(")"},
                         {"self.x", 0, R"("self" begins no path of a fact)"},
                         {"in.x", 0, R"("in" has a meaning of its own, and begins no path)"},
                         {"a..b", 2, R"(expected a name after ".")"},
                         {"a.", 2, R"(expected a name after ".")"},
                         {"max-batch", 3, R"(unexpected character "-")"},
                         {"a.\xFF", 2, "not valid UTF-8"}}) {
    CAPTURE(row.text);
    try {
      (void)parse_path(row.text);
      FAIL("parsed");
    } catch (const PredicateError& error) {
      CHECK(error.offset() == row.offset);
      CHECK(std::string(error.what()) == row.message);
    }
  }
}

TEST_CASE("any names make a path that is printed, parsed, and found again") {
  CHECK(rc::check("paths", [] {
    const auto name = rc::gen::nonEmpty(
        rc::gen::container<std::string>(rc::gen::elementOf(std::string("ab1_.`- \"v"))));
    const Keys keys = *rc::gen::nonEmpty(rc::gen::container<Keys>(
        rc::gen::oneOf(name, rc::gen::element<std::string>("self", "true", "v2", "v2rc1", "é"))));
    const std::string text = print_path(keys);
    RC_ASSERT(parse_path(text) == keys);
    RC_ASSERT(Predicate::parse(text).facts() == Keys{text});
    std::string_view rest = text;
    for (const std::string& key : keys) RC_ASSERT(take_segment(rest, key));
    RC_ASSERT(rest.empty());
  }));
}

TEST_CASE("only the name that stands there is taken off a path") {
  auto taken = [](std::string_view path, std::string_view key) { return take_segment(path, key); };
  CHECK(taken("cpu.isa", "cpu"));
  CHECK_FALSE(taken("cpu.isa", "cp"));
  CHECK_FALSE(taken("cpu.isa", "cpu.isa"));
  CHECK(taken("`cpu.isa`", "cpu.isa"));
  CHECK_FALSE(taken("`cpu.isa`", "cpu"));
  CHECK_FALSE(taken("", "cpu"));
}

}  // namespace
}  // namespace reg::ast
