#include <doctest/doctest.h>
#include <manifest/locate.h>

using namespace reg;

namespace {

constexpr auto toml = ManifestFormat::TomlText;
constexpr auto json = ManifestFormat::JsonText;
constexpr ast::PartNumber second_path{ast::PartNumber::Kind::Path, 1};

std::optional<Located> find(std::string_view text, ManifestFormat format,
                            const DeclarationPart& part) {
  return locate(text, format, {&part, 1}).front();
}

// The character of the text that the part is found at.
char character(std::string_view text, Position place) {
  std::size_t at = 0;
  for (std::uint32_t line = 1; line < place.line; ++line) at = text.find('\n', at) + 1;
  return text[at + place.column - 1];
}

}  // namespace

TEST_CASE("a key, a value and a byte of a predicate are found in TOML") {
  const std::string_view text =
      "[[symbols]]\nregistry = 'R'\n[[symbols]]\nregistry = 'R'\n"
      "info = { device = 'x', devce = 1 }\nselect = 'a == 1 & b'\n";
  const Position second{3, 1};
  const auto key = find(text, toml, {second, {"info", "devce"}, true, {}});
  REQUIRE(key);
  CHECK(key->at == Position{5, 24});
  CHECK(key->excerpt == "info = { device = 'x', devce = 1 }\n" + std::string(23, ' ') + "^");
  CHECK(find(text, toml, {second, {"info", "devce"}, false, {}})->at == Position{5, 32});
  const auto part = find(text, toml, {second, {"select"}, false, second_path});
  REQUIRE(part);
  CHECK(character(text, part->at) == 'b');
  CHECK(find(text, toml, {Position{1, 1}, {"select"}, false, {}})->at == Position{1, 1});
  CHECK_FALSE(find(text, toml, {Position{9, 9}, {"select"}, false, {}}));
}

TEST_CASE("the same in JSON, and from the root on") {
  const std::string_view text =
      R"({"registries": {"R": {"select": "a == 1 & b"}}, "symbols": [{"registry": "R"}]})";
  const auto part = find(text, json, {{}, {"registries", "R", "select"}, false, second_path});
  REQUIRE(part);
  CHECK(character(text, part->at) == 'b');
  CHECK(find(text, json, {Position{1, 61}, {"registry"}, true, {}})->at == Position{1, 62});
  CHECK_FALSE(find("{\"symbols\": [", json, {{}, {"symbols"}, true, {}}));
}

TEST_CASE("a byte of a string is found whatever the string is written as") {
  struct Case {
    std::string text;
    std::size_t offset;
  };
  const std::vector<Case> cases = {{R"("abX")", 2},           {R"("\n\tX")", 2},
                                   {R"("\u00e9X")", 2},       {R"("\ud83d\ude00X")", 4},
                                   {R"("\U0001F600X")", 4},   {R"('a\nX')", 3},
                                   {"'''\nabX'''", 2},        {"\"\"\"\r\nab\\\n   X\"\"\"", 3},
                                   {"\"\"\"ab\ncdX\"\"\"", 5}};
  for (const Case& one : cases) {
    CAPTURE(one.text);
    const auto at = position_in_string(one.text, {1, 1}, one.offset);
    REQUIRE(at);
    // The break of a line that stands for nothing belongs to what is before it.
    const char found = character(one.text, *at);
    CHECK((found == 'X' || found == '"'));
  }
  CHECK_FALSE(position_in_string("abc", {1, 1}, 1));
  CHECK_FALSE(position_in_string("'abc'", {2, 1}, 1));
  // Behind the end: the closing quote.
  CHECK(position_in_string("'abc'", {1, 1}, 99) == Position{1, 5});
}

TEST_CASE("columns count code points, also before the string") {
  const std::string_view text = "é = 'ü == x'";
  CHECK(position_in_string(text, {1, 5}, 6) == Position{1, 11});
  CHECK(excerpt_at(text, {1, 11}) == std::string(text) + "\n" + std::string(10, ' ') + "^");
}
