#include <doctest/doctest.h>
#include <rapidcheck.h>
#include <reg/error.h>
#include <reg/json.h>
#include <text/json_scalar.h>

using reg::Json;
using reg::simple_scalar;

namespace {

// The value that the parser gives; nothing if it refuses the text.
std::optional<Json> parsed(const std::string& text) {
  try {
    return reg::parse_json(text, "text");
  } catch (const reg::InputError&) {
    return std::nullopt;
  }
}

}  // namespace

TEST_CASE("numbers, words and plain strings are read as the parser reads them") {
  for (const char* text :
       {"0", "-0", "7", "-7", "18446744073709551615", "-9223372036854775808", "0.5", "-1.25e3",
        "1e5", "1E+5", "2.0", "1e-300", "true", "false", "null", "\"\"", "\"a b\""}) {
    CAPTURE(text);
    auto value = simple_scalar(text);
    REQUIRE(value.has_value());
    CHECK(*value == parsed(text).value());
    CHECK(value->type() == parsed(text)->type());
  }
}

TEST_CASE("anything else is left to the parser") {
  for (const char* text : {"",        "-",     "+1",
                           "01",      "-01",   ".5",
                           "1.",      "1.e5",  "1e",
                           "1e+",     "0x1",   "inf",
                           "-inf",    "nan",   "1 ",
                           " 1",      "1,2",   "True",
                           "\"",      "\"a",   "\"a\"b\"",
                           "\"\\n\"", "\"é\"", "\"\x7f\"",
                           "[]",      "{}",    "18446744073709551616",
                           "1e999"}) {
    CAPTURE(text);
    CHECK_FALSE(simple_scalar(text).has_value());
  }
}

TEST_CASE("no text has a value that the parser would not give it") {
  CHECK(rc::check("simple scalars", [] {
    auto text = *rc::gen::container<std::string>(
        rc::gen::element('0', '1', '9', '-', '+', '.', 'e', 'E', '"', 'a', '\\', ' ', 'n'));
    if (auto value = simple_scalar(text)) RC_ASSERT(value == parsed(text));
  }));
}
