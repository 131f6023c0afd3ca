#include <allocations.h>
#include <doctest/doctest.h>
#include <rapidcheck.h>
#include <reg/symbol.h>
#include <text/kept_number.h>
#include <text/version.h>
#include <cmath>

namespace reg {
namespace {

Json context(const std::string& text) { return parse_context(text, "context"); }

TEST_CASE("a number keeps its text where that is another version than its value") {
  for (const char* text :
       {"2.10", "3.200", "0.50", "12.4000000000000000000001", "10.00000000000000010",
        "18446744073709551617", "100000000000000000000000"}) {
    CAPTURE(text);
    CHECK(keeps_text(context(text)));
    CHECK(to_text(context(text)) == text);
  }
  for (const char* text : {"2.0", "2.1", "2", "0", "0.0", "1e2", "2.10e0", "-2.10", "-0.0", "2.00",
                           "1.5", "18446744073709551615", "0.1", "1e400000", "\"2.10\"", "null"}) {
    CAPTURE(text);
    if (std::string(text) != "1e400000") CHECK_FALSE(keeps_text(context(text)));
  }
  CHECK_FALSE(keeps_text(parse_json(R"({"a":[2.10]})", "")));
}

TEST_CASE("it is the number that it is for all but versions") {
  const Json facts = context(R"({"a":2.10,"b":[0.50,{"c":3.200}]})");
  CHECK(json_equal(facts, parse_json(R"({"a":2.1,"b":[0.5,{"c":3.2}]})", "")));
  CHECK(json_equal(facts["a"], 2.1));
  CHECK_FALSE(json_equal(facts["a"], "2.10"));
  CHECK(truthy(facts["a"]));
  CHECK_FALSE(truthy(context("0." + std::string(400, '0') + "1")));
  CHECK(holds(FieldType::Number, facts["a"]));
  CHECK_FALSE(holds(FieldType::Int, facts["a"]));
  CHECK_FALSE(holds(FieldType::Version, facts["a"]));
  CHECK(plain_numbers(facts) == Json{{"a", 2.1}, {"b", {0.5, {{"c", 3.2}}}}});
  CHECK(to_text(facts) == R"({"a":2.10,"b":[0.50,{"c":3.200}]})");
  CHECK(context(to_text(facts)) == facts);
}

TEST_CASE("the text of a version is a string as it is, or a number as it was written") {
  CHECK(version_text("v12.0") == "v12.0");
  CHECK(version_text(context("2.10")) == "2.10");
  CHECK(version_text(context("2.1")) == "2.1");
  CHECK(version_text(12) == "12");
  CHECK(version_text(12.0) == "12");
  CHECK(version_text(1e22) == "10000000000000000000000");
  for (const Json& none : {Json("x"), Json(-1), Json(-2.5), Json(), Json(true), Json::array({1})})
    CHECK(version_text(none) == std::nullopt);
}

TEST_CASE("contexts are merged and compared with the texts that they keep") {
  Context base = context(R"({"a":2.10,"b":{"c":1.10}})");
  merge_context(base, context(R"({"b":{"d":1.20}})"));
  CHECK(to_text(base) == R"({"a":2.10,"b":{"c":1.10,"d":1.20}})");
}

TEST_CASE("parse_context is as strict as parse_json") {
  for (const char* text :
       {"", "{", "{\"a\":1,\"a\":2}", "[1,]", "01", "2.10x", "1e999", "\"\xFF\"", "[1] 2"}) {
    CAPTURE(text);
    std::string plain, kept;
    try {
      (void)parse_json(text, "x");
    } catch (const InputError& error) {
      plain = error.place().to_string() + error.what();
    }
    try {
      (void)parse_context(text, "x");
    } catch (const InputError& error) {
      kept = error.place().to_string() + error.what();
    }
    CHECK_FALSE(plain.empty());
    CHECK(plain == kept);
  }
  CHECK_THROWS_AS(context(std::string(201, '[') + std::string(201, ']')), InputError);
}

TEST_CASE("a context's text and parse_context are each other's inverse, for any numbers") {
  CHECK(rc::check("any double", [](double value) {
    if (!std::isfinite(value)) return;
    const Json json = {value, std::abs(value)};
    RC_ASSERT(context(to_text(json)) == json);
  }));
  CHECK(rc::check("any decimal", [] {
    const std::string digits = *rc::gen::nonEmpty(
        rc::gen::container<std::string>(rc::gen::elementOf(std::string("0123450000"))));
    const std::string text = std::to_string(*rc::gen::inRange(0, 30)) + '.' + digits;
    const Json json = context(text);
    RC_ASSERT(context(to_text(json)) == json);
    RC_ASSERT(version_text(json).has_value());
    RC_ASSERT(VersionText::of(*version_text(json)) == VersionText::of(text));
    RC_ASSERT(json_equal(json, std::stod(text)));
    RC_ASSERT(json_equal(plain_numbers(json), json));
  }));
}

TEST_CASE("whether there is a number that keeps its text is found without an allocation") {
  const Json facts =
      context(R"({"a long name for a fact":[1,2,{"and another one":2.10}],"b":2.1})");
  const std::size_t before = test::allocations();
  const bool found = keeps_text(facts) && !keeps_text(facts["b"]);
  const std::size_t after = test::allocations();
  CHECK(found);
  CHECK(after == before);
}

}  // namespace
}  // namespace reg
