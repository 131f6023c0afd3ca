#include "reading.h"

#include <doctest/doctest.h>

using namespace reg;
using namespace reg::test;

namespace {

std::string only_problem(std::string_view text) {
  const auto found = json_problems(text);
  REQUIRE(found.size() == 1);
  return found.front();
}

std::string nested(std::size_t levels) {
  return "{\"symbols\": [{\"registry\": \"r\", \"target\": \"t\", \"info\": {\"f\": " +
         std::string(levels, '[') + std::string(levels, ']') + "}}]}";
}

}  // namespace

TEST_CASE("an empty JSON file is an error that says what an empty manifest is") {
  for (const char* text : {"", " \n\t ", "\xEF\xBB\xBF"}) {
    CHECK(only_problem(text) == "1:1: the file is empty (an empty JSON manifest is {})");
  }
  CHECK(json_problems("{}").empty());
}

TEST_CASE("a byte order mark is skipped") {
  const auto read =
      read_json("\xEF\xBB\xBF{\"symbols\": [{\"registry\": \"r\", \"target\": \"t\"}]}");
  CHECK(problems(read).empty());
  REQUIRE(read.symbols.size() == 1);
  CHECK(read.symbols[0].at == Position{1, 14});
}

TEST_CASE("a JSON syntax error names the place and what stands there") {
  CHECK(only_problem("{\n  \"merge\": [1, x]\n}") == "2:16: not valid JSON: unexpected \"x\"");
  CHECK(only_problem("{\"a\": 1,}") ==
        "1:9: not valid JSON: unexpected \"}\" (JSON has no comma after the last element)");
  CHECK(only_problem("{\"merge\": [1 , ] }") ==
        "1:16: not valid JSON: unexpected \"]\" (JSON has no comma after the last element)");
  CHECK(only_problem("{} // done") ==
        "1:4: not valid JSON: text after the end of the document: \"/\"");
  CHECK(only_problem("{ // first\n}") ==
        "1:3: not valid JSON: unexpected \"/\" (JSON has no comments)");
  CHECK(only_problem("{'a': 1}") ==
        "1:2: not valid JSON: unexpected \"'\" (JSON strings stand in double quotes)");
  CHECK(only_problem("{\"é\": \"ü\", ü}") == "1:12: not valid JSON: unexpected \"ü\"");
}

TEST_CASE("control characters and NUL bytes in JSON are errors, and never shown raw") {
  using namespace std::string_view_literals;
  CHECK(only_problem("{\"a\": \"x\x1b[31m\"}"sv) ==
        "1:9: not valid JSON: unexpected \"\\u001b\" "
        "(in a string, write control characters as escapes)");
  CHECK(only_problem("{\"a\": \"two\nlines\"}"sv) ==
        "1:11: not valid JSON: unexpected \"\\n\" (in a string, write control characters as "
        "escapes)");
  CHECK(only_problem("{\0}"sv) ==
        "1:2: not valid JSON: unexpected \"\\u0000\" "
        "(in a string, write control characters as escapes)");
}

TEST_CASE("half a surrogate pair and broken escapes are errors") {
  CHECK(only_problem(R"({"a": "\ud800\u0041"})").find("half a surrogate pair") !=
        std::string::npos);
  CHECK(only_problem(R"({"a": "\udc00"})").find("half a surrogate pair") != std::string::npos);
  CHECK(only_problem(R"({"a": "\u00g0"})") ==
        "1:12: not valid JSON: expected a hexadecimal digit, got \"g\"");
  CHECK(only_problem(R"({"a": "\x"})") == "1:9: not valid JSON: unexpected \"x\"");
}

TEST_CASE("bytes that are not UTF-8 are an error at the first of them") {
  CHECK(only_problem("{\n\"\xC3\xA9\": \"\xE9\"}") ==
        "2:7: not UTF-8: the byte 0xE9 cannot stand here (save the file as UTF-8)");
  CHECK(only_problem("\xFF\xFE{\0}") ==
        "1:1: not UTF-8: the byte 0xFF cannot stand here (save the file as UTF-8)");
  CHECK(only_problem("{\"a\": \"\xED\xA0\x80\"}").starts_with("1:8: not UTF-8"));
  CHECK(only_problem("{\"a\": \"\xE2\x82").starts_with("1:8: not UTF-8"));
}

TEST_CASE(
    "a JSON manifest truncated anywhere is an error, and never more than the last byte away") {
  const std::string text =
      "{\"registries\": {\"r\": {\"fields\": {\"f\": \"int\"}}},\n"
      " \"symbols\": [{\"registry\": [\"r\"], \"target\": \"a\\u0062\\n\", \"oid\": \"o\",\n"
      "   \"info\": {\"f\": -12.5e3, \"g\": [true, false, null, {}]}, \"when\": \"a == 1\"}]}";
  for (std::size_t size = 1; size < text.size(); ++size) {
    CAPTURE(size);
    const auto read = read_json(std::string_view(text).substr(0, size));
    REQUIRE(read.failed());
    const bool at_end =
        read.diagnostics.back().message == "not valid JSON: the file ends too early";
    CHECK(at_end);
    CHECK(read.diagnostics.back().hint == "is it truncated?");
  }
}

TEST_CASE("JSON may nest 200 levels; deeper is an error however deep it is") {
  CHECK(json_problems(nested(196)).empty());
  for (std::size_t levels : std::initializer_list<std::size_t>{197, 10'000, 10'000'000}) {
    const auto found = only_problem(nested(levels));
    CHECK(found == "1:257: nested deeper than 200 levels");
  }
  CHECK(only_problem(std::string(10'000, '[')) == "1:201: nested deeper than 200 levels");
  std::string objects;
  for (int i = 0; i < 10'000; ++i) objects += "{\"a\":";
  CHECK(only_problem(objects).find("nested deeper than 200 levels") != std::string::npos);
}

TEST_CASE("a key that stands twice in one object is an error at the second") {
  CHECK(only_problem("{\"merge\": [],\n \"merge\": []}") ==
        "2:2: the key \"merge\" stands here for the second time");
  const auto read = read_json(
      R"({"symbols": [{"registry": "r", "target": "a.b", "oid": "x", "oid": "y"},
                      {"registry": "r", "target": "a.c", "info": {"k": {"z": 1, "\u007a": 2}}},
                      {"registry": "r", "target": "a.d"}], "symbols": []})");
  CHECK(problems(read) ==
        Lines{"1:61: /symbols/0: the key \"oid\" stands here for the second time",
              "2:81: /symbols/1/info/k: the key \"z\" stands here for the second time",
              "3:60: the key \"symbols\" stands here for the second time"});
  REQUIRE(read.symbols.size() == 1);
  CHECK(read.symbols[0].oid == "d");
}

TEST_CASE("repeated keys are found in large objects too") {
  std::string info;
  for (int i = 0; i < 100; ++i) info += "\"k" + std::to_string(i) + "\": 0, ";
  const auto found =
      only_problem("{\"symbols\": [{\"registry\": \"r\", \"target\": \"t\", \"info\": {" + info +
                   "\n\"k50\": 1}}]}");
  CHECK(found == "2:1: /symbols/0/info: the key \"k50\" stands here for the second time");
}

TEST_CASE("numbers keep their value: integers to 64 bits, then the nearest double") {
  const auto read = read_json(R"({"symbols": [{"registry": "r", "target": "t", "info": {
      "a": 9223372036854775807, "b": -9223372036854775808, "c": 18446744073709551615,
      "d": 18446744073709551616, "e": 0.1, "f": 1e308, "g": 1e-400, "h": -0.0, "i": 1E5,
      "j": 5.0, "k": 123456789012345678901234567890.5, "l": 2.2250738585072014e-308}}]})");
  CHECK(problems(read).empty());
  REQUIRE(read.symbols.size() == 1);
  const std::string_view line = read.symbols[0].line;
  CHECK(line.substr(line.find("\"info\"")) ==
        R"("info":{"a":9223372036854775807,"b":-9223372036854775808,"c":18446744073709551615,)"
        R"("d":18446744073709551616.0,"e":0.1,"f":1e+308,"g":0.0,"h":-0.0,"i":1e+05,"j":5.0,)"
        R"("k":1.2345678901234568e+29,"l":2.2250738585072014e-308},"source":["m.reg.json",1,14]})");
}

TEST_CASE("a number too large for a double is an error") {
  CHECK(only_problem(R"({"symbols": [{"registry": "r", "target": "t", "info": {"a": 1e309}}]})") ==
        "1:61: /symbols/0/info/a: the number is too large for a double");
  const std::string many(400, '9');
  CHECK(only_problem("{\"symbols\": [{\"registry\": \"r\", \"target\": \"t\", \"info\": {\"a\": -" +
                     many + ".0e-5}}]}")
            .ends_with("/symbols/0/info/a: the number is too large for a double"));
  CHECK(
      json_problems("{\"symbols\": [{\"registry\": \"r\", \"target\": \"t\", \"info\": {\"a\": 0." +
                    std::string(400, '0') + "1}}]}")
          .empty());
  CHECK(only_problem(R"({"a": 1e99999999999})").find("too large for a double") !=
        std::string::npos);
}

TEST_CASE("a JSON manifest that is no object is an error") {
  CHECK(only_problem("[]") == "1:1: expected an object, got an array");
  CHECK(only_problem(" 12") == "1:2: expected an object, got an integer");
  CHECK(only_problem("\"symbols\"") == "1:1: expected an object, got a string");
}

TEST_CASE("places count code points and survive escapes, line ends and long lines") {
  const auto read = read_json(
      "{\"symbols\": [{\"registry\": \"r\", \"target\": \"\\u00e9\\\"\\\\\", \"doc\": \"héé\"}, "
      "{}],\r\n"
      "\t\"merge\": 1}");
  CHECK(problems(read) == Lines{"1:71: /symbols/1: the key \"registry\" is missing",
                                "1:71: /symbols/1: the key \"target\" is missing",
                                "2:11: /merge: expected an array, got an integer"});
}

TEST_CASE("strings with escapes are read whole, however long") {
  const std::string much(100'000, 'x');
  const auto read =
      read_json("{\"symbols\": [{\"registry\": \"r\", \"target\": \"t\", \"doc\": \"" + much +
                "\\n\\ud83d\\ude00" + much + "\\t\"}]}");
  CHECK(problems(read).empty());
  REQUIRE(read.symbols.size() == 1);
  CHECK(Json::parse(read.symbols[0].line)["doc"] == much + "\n😀" + much + "\t");
}
