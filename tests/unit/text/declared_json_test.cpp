// The JSON that a declaration becomes, written while a program is compiled or, as here, while it
// runs.

#include <doctest/doctest.h>
#include <rapidcheck.h>
#include <reg/json.h>
#include <bit>
#include <charconv>
#include <cmath>
#include <limits>
#include <reg/plugin/declaration.hpp>
#include <string>

namespace reg {
namespace {

using plugin::Declaration;
using plugin::Value;
using plugin::Writer;

std::string text_of(const Value& value) {
  Writer count;
  count.value(value);
  std::string text(count.size(), '\0');
  Writer writer(text.data());
  writer.value(value);
  CHECK(writer.size() == text.size());
  return text;
}

Json read(const Value& value) { return Json::parse(text_of(value)); }

constexpr plugin::Surroundings here{
    "demo::Png", "Codec", {"demo::Codec", 2, 8, 8, 0, 0, "itanium"}, "src/png.cpp", 7, 2};

std::string entry_of(const Declaration& declared, const plugin::Surroundings& around = here) {
  const plugin::Described size = make(declared, around, plugin::Making::Measure, nullptr);
  std::string text(size.size, '\0');
  CHECK(make(declared, around, plugin::Making::Entry, text.data()).size == text.size());
  return text;
}

Json json_of(const Declaration& declared) {
  const std::string text = entry_of(declared);
  CHECK(text.starts_with("\x1eREG1 {"));
  CHECK(text.ends_with("}\n"));
  return Json::parse(text.substr(6));
}

plugin::Finding found_in(const Declaration& declared, const plugin::Surroundings& around = here) {
  auto found = [&](plugin::Making making) {
    return make(declared, around, making, nullptr).finding;
  };
  return plugin::first_of(found(plugin::Making::Check), found(plugin::Making::CheckSelect),
                          found(plugin::Making::CheckWhen));
}

std::string finding_in(const Declaration& declared) {
  const plugin::Finding found = found_in(declared);
  std::string message(found.member);
  if (!message.empty()) message += ": ";
  message += found.problem.what;
  message += found.problem.piece;
  return message + std::string(found.problem.after);
}

double read_back(const std::string& text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  REQUIRE(error == std::errc());
  REQUIRE(end == text.data() + text.size());
  return value;
}

TEST_CASE("doubles are written as people write them") {
  CHECK(text_of(2.5) == "2.5");
  CHECK(text_of(0.1) == "0.1");
  CHECK(text_of(2.0) == "2.0");
  CHECK(text_of(-0.0) == "-0.0");
  CHECK(text_of(0.0) == "0.0");
  CHECK(text_of(1e300) == "1e300");
  CHECK(text_of(5e-324) == "5e-324");
  CHECK(text_of(1.7976931348623157e308) == "1.7976931348623157e308");
  CHECK(text_of(0.1 + 0.2) == "0.30000000000000004");
  CHECK(text_of(1e17) == "1e17");
  CHECK(text_of(123456789012345.0) == "123456789012345.0");
  CHECK(text_of(-1.5e-7) == "-1.5e-7");
  CHECK(text_of(0.00012) == "0.00012");
  CHECK(text_of(9007199254740993.0) == "9007199254740992.0");
  CHECK(text_of(0.5F) == "0.5");
  CHECK(text_of(0.1F) == "0.10000000149011612");
}

TEST_CASE("the written text of any double reads back as the same, in as few digits as do") {
  CHECK(rc::check("any bits", [] {
    const double value = std::bit_cast<double>(*rc::gen::arbitrary<std::uint64_t>());
    if (!std::isfinite(value)) return;
    const std::string text = text_of(value);
    RC_ASSERT(std::bit_cast<std::uint64_t>(read_back(text)) == std::bit_cast<std::uint64_t>(value));
    RC_ASSERT(Json::parse(text).is_number_float());
    char shortest[64];
    const auto end = std::to_chars(shortest, shortest + sizeof shortest, std::fabs(value),
                                   std::chars_format::scientific)
                         .ptr;
    const auto digits = [](std::string_view of) {
      std::string all;
      for (const char c : of.substr(0, of.find('e'))) {
        if (c >= '0' && c <= '9' && (c != '0' || !all.empty())) all += c;
      }
      while (all.ends_with('0')) all.pop_back();
      return all.size();
    };
    RC_ASSERT(digits(text) ==
              digits(std::string_view(shortest, static_cast<std::size_t>(end - shortest))));
  }));
  CHECK(rc::check("decimals", [] {
    const double value = static_cast<double>(*rc::gen::inRange(-1'000'000, 1'000'000)) /
                         *rc::gen::element(1.0, 10.0, 100.0, 1e4, 1e9, 3.0);
    RC_ASSERT(read_back(text_of(value)) == value);
  }));
}

TEST_CASE("doubles where the step to the next one changes read back") {
  for (int exponent = -1074; exponent < 1024; ++exponent) {
    const double value = std::ldexp(1.0, exponent);
    REQUIRE(read_back(text_of(value)) == value);
    const double below = std::nextafter(value, 0.0);
    REQUIRE(read_back(text_of(below)) == below);
  }
}

TEST_CASE("integers of every type are whole") {
  CHECK(text_of(std::numeric_limits<std::int64_t>::min()) == "-9223372036854775808");
  CHECK(text_of(std::numeric_limits<std::uint64_t>::max()) == "18446744073709551615");
  CHECK(text_of(static_cast<signed char>(-128)) == "-128");
  CHECK(text_of(static_cast<unsigned short>(65535)) == "65535");
  CHECK(text_of(0) == "0");
}

TEST_CASE("values are read as what they were given as") {
  CHECK(read(nullptr) == nullptr);
  CHECK(read(true) == true);
  CHECK(read("x") == "x");
  CHECK(read({1, "x", 2.5, {}, {nullptr}}) == Json::parse(R"([1, "x", 2.5, [], [null]])"));
  CHECK(read({"x"}) == Json::parse(R"(["x"])"));
  CHECK(read({"a", "b"}) == Json::parse(R"(["a", "b"])"));
  CHECK(read(Object{}) == Json::object());
  CHECK(read(Object{{"a", 1}, {"b", {"c", "d"}}, {"e", Object{{"f", false}}}}) ==
        Json::parse(R"({"a": 1, "b": ["c", "d"], "e": {"f": false}})"));
  CHECK(read(List{{"a", 1}, {"b", 2}}) == Json::parse(R"([["a", 1], ["b", 2]])"));
}

TEST_CASE("any text is written as JSON that reads as the same text") {
  CHECK(text_of("\"\\/\b\f\n\r\t\x7f") == R"("\"\\/\u0008\u000c\u000a\u000d\u0009\u007f")");
  CHECK(text_of("\xC2\x85") == R"("\u0085")");
  CHECK(text_of("\u00e4\u20ac\U0001F600") == "\"\u00e4\u20ac\U0001F600\"");
  CHECK(rc::check("any bytes", [] {
    const auto text = *rc::gen::arbitrary<std::string>();
    const Json value = Json::parse(text_of(std::string_view(text)));
    if (grammar::utf8_prefix(text) == text.size()) RC_ASSERT(value == text);
  }));
}

TEST_CASE("a declaration is the JSON that the section is said to have") {
  CHECK(json_of({}) == Json::parse(R"({
    "registry": "Codec", "oid": "Png", "target": "demo::Png",
    "declared": {"path": "src/png.cpp", "line": 7, "nth": 2},
    "interface": {"type": "demo::Codec", "version": 2, "size": 8, "abi": "itanium"}})"));
  CHECK(json_of({.registry = "Other",
                 .oid = "image",
                 .info = {{"ext", "png"}, {"levels", {1, 2}}},
                 .select = "ext == 'png'",
                 .replaces = "demo::Old",
                 .force = true,
                 .clear = true,
                 .when = "build == 'x'",
                 .doc = "A \"codec\""}) == Json::parse(R"({
    "registry": "Other", "oid": "image", "target": "demo::Png",
    "info": {"ext": "png", "levels": [1, 2]}, "select": "ext == 'png'", "replaces": "demo::Old",
    "force": true, "clear": true, "when": "build == 'x'", "doc": "A \"codec\"",
    "declared": {"path": "src/png.cpp", "line": 7, "nth": 2},
    "interface": {"type": "demo::Codec", "version": 2, "size": 8, "abi": "itanium"}})"));
}

TEST_CASE("the place of a declaration is JSON even where a path is no UTF-8") {
  plugin::Surroundings around = here;
  around.file = "src/\xFFpng.cpp";
  CHECK(Json::parse(entry_of({}, around).substr(6))["declared"]["path"] == "src/\uFFFDpng.cpp");
}

TEST_CASE("what is wrong with a declaration is found") {
  CHECK(finding_in({}).empty());
  CHECK(finding_in({.registry = "a b"}) ==
        "registry: a registry's name has only ASCII letters, digits and _ . : -");
  CHECK(finding_in({.registry = "__x"}) ==
        "registry: __x cannot be declared: names that begin with \"__\" are private to a program");
  CHECK(finding_in({.oid = "a b"}) == "oid: it cannot have white space or control characters");
  CHECK(finding_in({.oid = "a\u3000"}) == "oid: it cannot have white space or control characters");
  CHECK(finding_in({.oid = "\xFF"}) == "oid: it is not UTF-8");
  CHECK(finding_in({.info = {{"self", 1}}}) ==
        "info: \"self\" is what every symbol has and cannot be a field");
  CHECK(finding_in({.info = {{"", 1}}}) == "info: a field's name cannot be empty");
  CHECK(finding_in({.info = {{"a", 1}, {"b", 1}, {"a", 2}}}) ==
        "info: the key a stands there twice");
  CHECK(finding_in({.info = {{"a", Object{{"x", 1}, {"x", 1}}}}}) ==
        "info: the key x stands there twice");
  CHECK(finding_in({.info = {{"a", {1, std::numeric_limits<double>::quiet_NaN()}}}}) ==
        "info: the value of a is no number of JSON");
  CHECK(finding_in({.info = {{"a", -std::numeric_limits<double>::infinity()}}}) ==
        "info: the value of a is no number of JSON");
  CHECK(finding_in({.info = {{"a", "\xC3"}}}) == "info: the value of a is not valid UTF-8");
  CHECK(finding_in({.info = {{"a", {{"x", 1}, {"y", 2}}}}}) ==
        "info: the value of a may be an object or a list");
  CHECK(finding_in({.info = {{"a", List{{"x", 1}, {"y", 2}}}, {"b", {{1, 2}, {3, 4}}}}}).empty());
  CHECK(finding_in({.select = "a &"}) == "select: expected an operand after &");
  CHECK(finding_in({.replaces = "a b"}) ==
        "replaces: it cannot have white space or control characters");
  CHECK(finding_in({.when = "self.a"}) ==
        "when: a `when` cannot read self.a: there is no candidate yet");
  CHECK(finding_in({.doc = "\xFF"}) == "doc: not valid UTF-8");
}

TEST_CASE("what is given is not empty, and no literal is cut at a NUL in it") {
  CHECK(finding_in({.registry = ""}) == "registry: a registry's name cannot be empty");
  CHECK(finding_in({.oid = ""}) == "oid: it cannot be empty");
  CHECK(finding_in({.select = ""}) == "select: a predicate cannot be empty");
  CHECK(finding_in({.replaces = ""}) == "replaces: it cannot be empty");
  CHECK(finding_in({.when = ""}) == "when: a predicate cannot be empty");
  CHECK(finding_in({.doc = ""}).empty());
  CHECK(finding_in({.registry = "a\0b"}) == "registry: a NUL ends the text a");
  CHECK(finding_in({.oid = "a\0b"}) == "oid: a NUL ends the text a");
  CHECK(finding_in({.info = {{"a\0b", 1}}}) == "info: a NUL ends the text a");
  CHECK(finding_in({.info = {{"a", "a\0b"}}}) ==
        "info: the value of a has a NUL in it, which ends the text");
  CHECK(finding_in({.select = "a\0 & b"}) == "select: a NUL ends the text a");
  CHECK(finding_in({.replaces = "a\0b"}) == "replaces: a NUL ends the text a");
  CHECK(finding_in({.when = "a\0b"}) == "when: a NUL ends the text a");
  CHECK(finding_in({.doc = "a\0b"}) == "doc: a NUL ends the text a");
  CHECK(json_of({.oid = "a\0"})["oid"] == "a");
  CHECK(json_of({.info = {{"a", std::string_view("a\0b", 3)}}})["info"]["a"] ==
        std::string("a\0b", 3));
}

TEST_CASE("the names of a row end with a NUL, even where the texts of its declaration do not") {
  const std::string_view texts = "Codecs/image/v2";
  const Declaration declared{.registry = texts.substr(0, 5), .oid = texts.substr(7, 5)};
  const plugin::Described size = make(declared, here, plugin::Making::Measure, nullptr);
  std::string names(size.names_size, '.');
  (void)make(declared, here, plugin::Making::Names, names.data());
  CHECK(names == std::string("Codec\0image.", 12));
  CHECK(size.registry == 5);
}

TEST_CASE("what a declaration has is as much as compilers can work out") {
  const std::string doc(plugin::longest_doc, 'a'), longer = doc + 'a';
  CHECK(finding_in({.doc = doc}).empty());
  CHECK(finding_in({.doc = longer}) == "doc: longer than 4096 bytes, the most in a declaration");
  const std::string text(plugin::most_info.bytes - 1, 'a');
  CHECK(finding_in({.info = {{"a", text}}}).empty());
  CHECK(finding_in({.info = {{"a", {text}}, {"b", 1}}}) ==
        "info: more than 8192 bytes of texts, the most in a declaration");
  const std::initializer_list<Value> eight = {1, 2, 3, 4, 5, 6, 7, 8};
  const std::initializer_list<Value> list = {eight, eight, eight, eight, eight, eight, eight};
  CHECK(finding_in({.info = {{"a", list}}}).empty());
  CHECK(finding_in({.info = {{"a", list}, {"b", list}, {"c", 1}}}) ==
        "info: more than 128 values, the most in a declaration");
}

TEST_CASE("a class's name of more than 1,024 bytes, and no registry at all, are found") {
  const std::string name = "demo::" + std::string(1024, 'x');
  plugin::Surroundings around = here;
  around.name = name;
  CHECK(found_in({.oid = "x"}, around).member == "class name");
  around = here;
  around.registry = "";
  CHECK(found_in({}, around).member == "registry");
  CHECK_FALSE(found_in({.registry = "Codec"}, around).is_one());
}

TEST_CASE("the default oid is the last part of the class's name, arguments included") {
  CHECK(plugin::last_part("demo::Png") == "Png");
  CHECK(plugin::last_part("Png") == "Png");
  CHECK(plugin::last_part("demo::Gemm<demo::Float,3>") == "Gemm<demo::Float,3>");
}

// All of it while it is compiled, too.
consteval std::size_t compiled_size(double value) {
  std::size_t size = 0;
  grammar::write_double(value, [&size](char) { ++size; });
  return size;
}
static_assert(compiled_size(1.7976931348623157e308) == 22);
static_assert(compiled_size(5e-324) == 6);
static_assert(compiled_size(2.2250738585072014e-308) == 23);
static_assert(compiled_size(0.1) == 3);
static_assert(plugin::predicate_problem("a == 2.4703282292062327e-324").is_one());
static_assert(!plugin::predicate_problem("a == 2.4703282292062328e-324").is_one());

}  // namespace
}  // namespace reg
