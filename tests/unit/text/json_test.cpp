#include <doctest/doctest.h>
#include <rapidcheck.h>
#include <reg/error.h>
#include <reg/json.h>
#include <text/json_text.h>

using reg::Json;

namespace {

std::string quoted(std::string_view text) {
  std::string out;
  reg::append_quoted(out, text);
  return out;
}

}  // namespace

TEST_CASE("no control character stands raw in JSON text") {
  CHECK(quoted("a\"\\\n\x1b\x7f") == R"("a\"\\\n\u001b\u007f")");
  CHECK(quoted("\u009b2J") == R"("\u009b2J")");
  CHECK(quoted("é\u00a0") == "\"é\u00a0\"");
  CHECK(reg::to_text({{"k\x01", "v"}}) == R"({"k\u0001":"v"})");
}

TEST_CASE("what needs an escape gets it wherever it stands in a text of any length") {
  const std::pair<std::string, std::string> escapes[] = {
      {"\"", R"(\")"}, {"\n", R"(\n)"}, {"\x7f", R"(\u007f)"}, {"\u009b", R"(\u009b)"}};
  for (const auto& [raw, escaped] : escapes) {
    for (std::size_t before = 0; before < 20; ++before) {
      for (std::size_t after = 0; after < 20; ++after) {
        const std::string start(before, 'a'), end(after, 'z'), text = start + raw + end;
        CHECK(quoted(std::string_view(text)) == '"' + start + escaped + end + '"');
      }
    }
  }
}

TEST_CASE("text that is not UTF-8 is repaired when it is written") {
  CHECK(reg::to_text(Json("a\xff")) == "\"a\uFFFD\"");
  CHECK(reg::valid_utf8_prefix("é\xc3") == 2);
  CHECK_FALSE(reg::is_valid_utf8("\xed\xa0\x80"));
  CHECK_FALSE(reg::is_valid_utf8("\xc0\x80"));
}

TEST_CASE("escaping and unescaping are each other's inverse") {
  CHECK(rc::check([](const std::string& raw) {
    std::string text;
    for (char c : raw) text += static_cast<char>(c & 0x7F);
    std::string escaped;
    reg::append_escaped(escaped, text);
    RC_ASSERT(reg::unescape(escaped) == text);
    RC_ASSERT(Json::parse('"' + escaped + '"').get<std::string>() == text);
  }));
  CHECK(reg::unescape("\\ud83d\\ude00\\u00e9") == "\U0001F600é");
}

TEST_CASE("a float reads back as the same float") {
  CHECK(rc::check([](double value) {
    std::string text;
    reg::append_number(text, value);
    RC_ASSERT(Json::parse(text).is_number_float());
    RC_ASSERT(Json::parse(text).get<double>() == value);
  }));
}

TEST_CASE("parse_json names the place of what is wrong") {
  try {
    (void)reg::parse_json("{\n \"é\": ]", "x.json");
    FAIL("it was accepted");
  } catch (const reg::InputError& error) {
    CHECK(error.place().to_string() == "x.json:2:7");
  }
  CHECK_THROWS_AS(reg::parse_json(R"({"a":1,"a":2})", "x"), reg::InputError);
  CHECK_THROWS_AS(reg::parse_json(std::string(201, '[') + std::string(201, ']'), "x"),
                  reg::InputError);
  CHECK_NOTHROW(reg::parse_json(std::string(150, '[') + std::string(150, ']'), "x"));
  CHECK_THROWS_AS(reg::parse_json("", "x"), reg::InputError);
}

TEST_CASE("a context is laid over another key by key") {
  reg::Context base = {{"a", {{"x", 1}, {"y", 2}}}, {"b", 1}};
  reg::merge_context(base, {{"a", {{"y", 3}}}, {"b", {{"z", 1}}}});
  CHECK(base == Json{{"a", {{"x", 1}, {"y", 3}}}, {"b", {{"z", 1}}}});
}

TEST_CASE("truth is Python's, and equality tells true from 1") {
  for (const Json& value :
       {Json(), Json(false), Json(0), Json(0.0), Json(""), Json::array(), Json::object()}) {
    CHECK_FALSE(reg::truthy(value));
  }
  for (const Json& value : {Json(true), Json(-1), Json(0.5), Json("x"), Json::array({0})})
    CHECK(reg::truthy(value));
  CHECK(reg::json_equal(1, 1.0));
  CHECK_FALSE(reg::json_equal(true, 1));
}
