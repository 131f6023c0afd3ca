#include <doctest/doctest.h>
#include <predicate/value.h>
#include <reason/between.h>
#include <text/version.h>
#include <limits>
#include <vector>

namespace reg::reason {
namespace {

bool less(const Json& a, const Json& b) { return ast::holds(ast::Operator::Less, {&a}, {&b}); }
bool less(const std::string& a, const std::string& b) { return a < b; }

template <typename T, typename Less>
bool lies_between(const T& value, const T* below, const T* above, Less before) {
  return (below == nullptr || before(*below, value)) && (above == nullptr || before(value, *above));
}

// Every pair of bounds, null among them.
template <typename T, typename Visit>
void each_pair(const std::vector<T>& sample, Visit visit) {
  for (std::size_t i = 0; i <= sample.size(); ++i) {
    for (std::size_t j = 0; j <= sample.size(); ++j) {
      visit(i == sample.size() ? nullptr : &sample[i], j == sample.size() ? nullptr : &sample[j]);
    }
  }
}

const std::vector<Json>& numbers() {
  static const std::vector<Json> all = {-1.7976931348623157e308,
                                        -1e300,
                                        std::numeric_limits<std::int64_t>::min(),
                                        -0x1.0000000000001p63,
                                        -3,
                                        -2.5,
                                        -1,
                                        -5e-324,
                                        0,
                                        5e-324,
                                        1e-323,
                                        0.5,
                                        1,
                                        std::nextafter(1.0, 2.0),
                                        1.5,
                                        2,
                                        3,
                                        80,
                                        90.0,
                                        9007199254740992,
                                        9007199254740993,
                                        9007199254740994,
                                        std::numeric_limits<std::int64_t>::max(),
                                        0x1p63,
                                        std::uint64_t{1} << 63,
                                        (std::uint64_t{1} << 63) + 1,
                                        std::numeric_limits<std::uint64_t>::max(),
                                        0x1p64,
                                        1e300,
                                        1.7976931348623157e308};
  return all;
}

void check_number(const Json* below, const Json* above, Numbers which) {
  const auto fits = [&](const Json& value) {
    return (which == Numbers::All || value.is_number_integer()) &&
           lies_between(value, below, above,
                        [](const Json& a, const Json& b) { return less(a, b); });
  };
  INFO("between " << (below == nullptr ? "-" : below->dump()) << " and "
                  << (above == nullptr ? "-" : above->dump()));
  const std::optional<Json> found = number_between(below, above, which);
  if (std::ranges::any_of(numbers(), fits)) CHECK(found.has_value());
  if (found) CHECK(fits(*found));
}

std::optional<Json> number_between(const Json& below, const Json& above, Numbers which) {
  return reason::number_between(&below, &above, which);
}

}  // namespace

TEST_CASE("a number is found between two, wherever there is one") {
  each_pair(numbers(), [](const Json* below, const Json* above) {
    check_number(below, above, Numbers::All);
    check_number(below, above, Numbers::Integers);
  });
}

TEST_CASE("the number between two is an integer, if there is one") {
  CHECK(number_between(1, 3, Numbers::All) == Json(2));
  CHECK(number_between(1.5, 2.5, Numbers::All) == Json(2));
  CHECK(number_between(9007199254740992, 9007199254740994, Numbers::All) == Json(9007199254740993));
  CHECK(number_between(1, 2, Numbers::All).value().is_number_float());
}

TEST_CASE("there is no integer between neighbours, and no number between the closest ones") {
  CHECK_FALSE(number_between(1, 2, Numbers::Integers));
  CHECK_FALSE(number_between(1.25, 1.75, Numbers::Integers));
  CHECK_FALSE(number_between(0, 5e-324, Numbers::All));
  CHECK_FALSE(number_between(1, std::nextafter(1.0, 2.0), Numbers::All));
  CHECK_FALSE(number_between(3, 1, Numbers::All));
  const Json greatest = std::numeric_limits<double>::max();
  CHECK_FALSE(reason::number_between(&greatest, nullptr, Numbers::All));
}

TEST_CASE("a text is found between two, wherever there is one") {
  using namespace std::string_literals;
  const std::vector<std::string> texts = {
      "",     "\0"s,   "\0\0"s,  "\x01",    " ",  "!",    "0",      "A",         "a",
      "a\0"s, "a\x01", "a!",     "a-other", "a0", "ab",   "b",      "cpu",       "cuda",
      "cudb", "other", "other!", "z",       "zz", "\x7f", "\u00e4", "\U0010ffff"};
  each_pair(texts, [&](const std::string* below, const std::string* above) {
    const auto fits = [&](const std::string& text) {
      return lies_between(text, below, above,
                          [](const std::string& a, const std::string& b) { return less(a, b); });
    };
    INFO("between " << (below == nullptr ? "-" : *below) << " and "
                    << (above == nullptr ? "-" : *above));
    const std::optional<std::string> found = text_between(below, above);
    if (std::ranges::any_of(texts, fits)) CHECK(found.has_value());
    if (found) CHECK(fits(*found));
  });
}

TEST_CASE("a version is found between two, wherever there is one") {
  const std::vector<std::string> versions = {"0-0",
                                             "0-a",
                                             "0",
                                             "0.0.1",
                                             "0.9",
                                             "1-0",
                                             "1-1",
                                             "1-a",
                                             "1-a.0",
                                             "1-a.b",
                                             "1-b",
                                             "1rc1",
                                             "1rc2",
                                             "1",
                                             "1.0.0.1",
                                             "1.0.1",
                                             "1.1-rc.1",
                                             "1.1",
                                             "v1.2",
                                             "1.10",
                                             "2-0",
                                             "2",
                                             "2.0+other",
                                             "12.4rc1",
                                             "12.4",
                                             "12.4.1",
                                             "12.5-x",
                                             "12.5",
                                             "13",
                                             "99999999999999999999",
                                             "99999999999999999999.1"};
  each_pair(versions, [&](const std::string* below, const std::string* above) {
    const auto fits = [&](const std::string& text) {
      return lies_between(text, below, above, [](const std::string& a, const std::string& b) {
        return *VersionText::of(a) < *VersionText::of(b);
      });
    };
    INFO("between " << (below == nullptr ? "-" : *below) << " and "
                    << (above == nullptr ? "-" : *above));
    const std::optional<std::string> found = version_between(below, above);
    if (std::ranges::any_of(versions, fits)) CHECK(found.has_value());
    if (found) {
      REQUIRE(VersionText::of(*found));
      CHECK(fits(*found));
    }
  });
}

TEST_CASE("a version has as many texts as are asked for") {
  for (const char* version : {"1", "v2.10", "12.4rc1", "1-a.b"}) {
    CHECK(same_version(version, 0) == version);
    for (const std::size_t index : {std::size_t{1}, std::size_t{2}}) {
      const std::string text = same_version(version, index);
      REQUIRE(VersionText::of(text));
      CHECK(*VersionText::of(text) == *VersionText::of(version));
      CHECK(text != same_version(version, index - 1));
    }
  }
}

TEST_CASE("a prefix ends where the first text stands that does not begin with it") {
  CHECK(end_of_prefix("lib") == "lic");
  CHECK(end_of_prefix("a~") == "a\x7f");
  CHECK_FALSE(end_of_prefix(""));
  CHECK_FALSE(end_of_prefix("a\x7f"));
  CHECK_FALSE(end_of_prefix("\u00e4"));
}

}  // namespace reg::reason
