// What REG_SYMBOL accepts as a predicate is what the library parses: the grammar is one, but what
// counts numbers as out of range and text as UTF-8 is not.

#include <doctest/doctest.h>
#include <predicate/generators.h>
#include <reg/predicate.h>
#include <reg/text.h>
#include <filesystem>
#include <fstream>
#include <optional>
#include <reg/plugin/check.hpp>

namespace reg {
namespace {

struct Refusal {
  std::size_t offset;
  std::string message, hint;
};

std::optional<Refusal> refusal_of_library(const std::string& text) {
  try {
    (void)Predicate::parse(text);
    return std::nullopt;
  } catch (const PredicateError& error) {
    return Refusal{error.offset(), error.what(), error.hint()};
  }
}

std::optional<Refusal> refusal_of_compiler(std::string_view text) {
  const grammar::Problem problem = plugin::predicate_problem(text);
  if (!problem.is_one()) return std::nullopt;
  std::string message(problem.what), hint(problem.hint);
  if (!problem.piece.empty()) message += in_quotes(problem.piece);
  message += problem.after;
  if (!problem.name.empty()) hint += '`' + std::string(problem.name) + '`';
  return Refusal{problem.offset, message, hint + std::string(problem.hint_end)};
}

void check_alike(const std::string& text) {
  const std::optional<Refusal> library = refusal_of_library(text),
                               compiler = refusal_of_compiler(text);
  CAPTURE(text);
  if (compiler && compiler->message == std::string(plugin::GrammarCheck::too_deep)) return;
  REQUIRE(library.has_value() == compiler.has_value());
  if (!library) return;
  REQUIRE(library->offset == compiler->offset);
  REQUIRE(library->message == compiler->message);
  REQUIRE(library->hint == compiler->hint);
}

TEST_CASE("a declaration accepts and refuses the predicates that the library does") {
  const std::filesystem::path corpus =
      std::filesystem::path(REG_TEST_DATA).parent_path() / "fuzz/corpus/predicate";
  std::size_t texts = 0;
  for (const auto& entry : std::filesystem::directory_iterator(corpus)) {
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    if (text.size() > plugin::longest_predicate) continue;
    check_alike(text);
    ++texts;
  }
  CHECK(texts > 20);
}

TEST_CASE("what a declaration says of a number is what a double can hold") {
  for (const char* number : {"1.7976931348623157e308",
                             "1.797693134862315807e308",
                             "1.7976931348623158079e308",
                             "1.7976931348623158080e308",
                             "1.7976931348623159e308",
                             "1e308",
                             "1e309",
                             "2e308",
                             "17976931348623157e292",
                             "0.00017976931348623159e312",
                             "1e-323",
                             "2e-324",
                             "2.5e-324",
                             "2.4703282292062327e-324",
                             "2.4703282292062328e-324",
                             "1e-400",
                             "0e999",
                             "0.000e-999",
                             "-0",
                             "-1e400",
                             "1e99999999999999999999",
                             "1e-99999999999999999999",
                             "0e99999999999999999999",
                             "1e0000000000000000000000000001",
                             "18446744073709551615",
                             "18446744073709551616",
                             "-9223372036854775809",
                             "0.1",
                             "123456.789e-3"}) {
    check_alike(std::string("a == ") + number);
    check_alike(std::string("a in [1, ") + number + "]");
  }
  const std::string many(2000, '9');
  check_alike("a == " + many);
  check_alike("a == 0." + many);
  check_alike("a == 1" + std::string(308, '0'));
  check_alike("a == 1" + std::string(309, '0'));
  check_alike("a == 0." + std::string(324, '0') + "1");
  check_alike("a == 0." + std::string(322, '0') + "1");
}

TEST_CASE("what a declaration says of text that is no UTF-8 is what the library says") {
  for (const char* text :
       {"a == '\xFF'", "\xC3", "a == '\xE2\x82'", "\xC0\x80", "a == '\xED\xA0\x80'", "`\xC2\x80`",
        "a == '\xF4\x90\x80\x80'", "a == '\xC3\xA4'", "\xC3\xA4", "`\xC3\xA4`", "\xE2\x80\x83 a"})
    check_alike(text);
  check_alike(std::string("a == '\0'", 8));
  check_alike(std::string("a\0b", 3));
}

TEST_CASE("a predicate in a declaration nests at most 50 levels") {
  const std::size_t deepest = plugin::GrammarCheck::max_depth;
  for (const std::size_t depth : {deepest - 1, deepest, deepest + 1, std::size_t{500}}) {
    for (const std::string& text :
         {std::string(depth, '(') + "a" + std::string(depth, ')'), std::string(depth, '~') + "a",
          "a in " + std::string(depth, '[') + std::string(depth, ']')}) {
      CAPTURE(text);
      if (depth <= deepest) {
        check_alike(text);
      } else {
        CHECK(refusal_of_compiler(text)->message ==
              "nested deeper than 50 levels, the most in a declaration");
      }
    }
  }
}

TEST_CASE("a predicate in a declaration is at most 2 KiB") {
  const std::string longest = "a" + std::string(plugin::longest_predicate - 2, ' ') + "b";
  CHECK(refusal_of_compiler(longest)->message == "expected \"&\", \"|\" or the end, found \"b\"");
  CHECK(refusal_of_compiler(longest + "c")->message ==
        "longer than 2048 bytes, the most in a declaration");
}

TEST_CASE("a `when` that reads the candidate is refused where it does") {
  auto of = [](std::string_view text) {
    return plugin::predicate_problem(text, plugin::SelfPaths::Refused);
  };
  CHECK_FALSE(of("build == 'self.x'").is_one());
  CHECK_FALSE(of("`self`.x").is_one());
  CHECK(of("a & has(self.x)").offset == 8);
  CHECK(of("a & has(self.x)").piece == "self.x");
  CHECK(of("a in [self.x]").what == "a list holds literals only, found ");
}

TEST_CASE("random predicates, and what becomes of them where a character changes") {
  CHECK(rc::check("declared as parsed", [] {
    const test::Ast ast = *test::arbitrary_predicate();
    std::string text = test::Writer(*rc::gen::arbitrary<std::uint32_t>()).write(ast.tree);
    check_alike(text);
    const auto changes = *rc::gen::inRange(0, 4);
    for (int i = 0; i < changes && !text.empty(); ++i) {
      const std::size_t at = *rc::gen::inRange<std::size_t>(0, text.size());
      const char c =
          *rc::gen::elementOf(std::string("()[]&|~=<>!.,'\"`\\u0 19eEv-+{}_aself\n\x01"));
      switch (*rc::gen::inRange(0, 3)) {
        case 0:
          text[at] = c;
          break;
        case 1:
          text.erase(at, 1);
          break;
        default:
          text.insert(at, 1, c);
      }
    }
    if (text.size() <= plugin::longest_predicate) check_alike(text);
  }));
}

}  // namespace
}  // namespace reg
