#include <doctest/doctest.h>
#include <rapidcheck.h>
#include <text/version.h>
#include <vector>

namespace reg {
namespace {

VersionText version(const std::string& text) {
  auto read = VersionText::of(text);
  CAPTURE(text);
  REQUIRE(read.has_value());
  return *read;
}

std::string normal(const std::string& text) { return version(text).normal_form(); }

TEST_CASE("versions are in order, from dotted numbers to identifiers") {
  // Each stands below all that follow.
  const std::vector<std::string> ascending = {"0-0",
                                              "0",
                                              "0.0.1",
                                              "0.9",
                                              "0.10",
                                              "1.0-0",
                                              "1.0-1",
                                              "1.0-2",
                                              "1.0-10",
                                              "1.0--",
                                              "1.0-10a",
                                              "1.0-A",
                                              "1.0-a",
                                              "1.0a0",
                                              "1.0a9",
                                              "1.0a10",
                                              "1.0-a.10.0",
                                              "1.0-a.b",
                                              "1.0-a1",
                                              "1.0-alpha",
                                              "1.0-alpha.1",
                                              "1.0-alpha.1.1",
                                              "1.0-alpha.x",
                                              "1.0b1",
                                              "1.0-beta.2",
                                              "1.0-beta.11",
                                              "1.0rc1",
                                              "1.0rc2",
                                              "1.0rc10",
                                              "1.0-rc1",
                                              "1.0",
                                              "1.0.0.1-x",
                                              "1.0.1",
                                              "2",
                                              "12.4.1",
                                              "99999999999999999999999999",
                                              "100000000000000000000000000"};
  for (std::size_t i = 0; i < ascending.size(); ++i) {
    for (std::size_t j = 0; j < ascending.size(); ++j) {
      CAPTURE(ascending[i]);
      CAPTURE(ascending[j]);
      CHECK((version(ascending[i]) <=> version(ascending[j])) == (i <=> j));
    }
  }
}

TEST_CASE("texts of one version are equal, hash alike, and have one normal form") {
  struct Row {
    const char* normal;
    std::vector<std::string> texts;
  };
  for (const Row& row : {Row{"12", {"12", "v12", "12.0", "012.0.0", "12+x", "v12.0+cu118"}},
                         {"2-rc.1", {"2.0rc1", "2.0-rc.1", "v2rc01", "2.0.0-rc.01+a.b", "2-rc.1"}},
                         {"0", {"0", "0.0.0", "v0", "000"}},
                         {"0-a.0", {"0a0", "0.0-a.00"}},
                         {"1.0.2", {"1.0.2", "1.00.2.0"}},
                         {"1-x.0.y", {"1-x.0.y", "1.0-x.000.y+z"}}}) {
    for (const std::string& text : row.texts) {
      CAPTURE(text);
      CHECK(normal(text) == row.normal);
      CHECK(version(text) == version(row.normal));
      CHECK(version(text).hash() == version(row.normal).hash());
    }
  }
}

TEST_CASE("what is no version is none") {
  for (const char* text :
       {"",      "v",        ".1",       "1.",    "1..2",     "a1",     "V1",      "vv1",
        " 1",    "1 ",       "-1",       "+1",    "1.x",      "1x",     "1.0a",    "1.0rc",
        "1.0c1", "1.0a1b2",  "1.0rc1.2", "1.0-",  "1.0-a..b", "1.0-.a", "1.0-a.",  "1.0-a_b",
        "1.0-é", "1.0+",     "1.0+a..b", "1.0+é", "1.0+a b",  "1e5",    "1.0+a+b", "1.0.post1",
        "1!2.0", "1.0.dev1", "0x10",     "١"}) {
    CAPTURE(text);
    CHECK_FALSE(VersionText::of(text).has_value());
  }
  CHECK_FALSE(VersionText::of(std::string_view("1\0", 2)).has_value());
}

TEST_CASE("numbers and texts of any length are compared") {
  const std::string zeros(60'000, '0'), nines(60'000, '9');
  CHECK(version(zeros + "1") == version("1"));
  CHECK(version(nines) < version("1" + zeros));
  CHECK(version("1-" + nines) < version("1-1" + zeros));
  CHECK(version("1-" + nines) < version("1-" + nines + "a"));
  std::string dots = "1";
  for (int i = 0; i < 30'000; ++i) dots += ".0";
  CHECK(version(dots) == version("1"));
  CHECK(version(dots).hash() == version("1").hash());
  CHECK(normal(dots + ".1").size() == dots.size() + 2);
}

TEST_CASE("the longest version at the start of a text is found") {
  CHECK(VersionText::size_in("v12.4.1 & x") == 7);
  CHECK(VersionText::size_in("v2.2.0rc1]") == 9);
  CHECK(VersionText::size_in("v1.0-beta.2,") == 11);
  CHECK(VersionText::size_in("v1.0-") == 4);
  CHECK(VersionText::size_in("v1.0-a+b_c.d)") == 12);
  CHECK(VersionText::size_in("v1.x") == 2);
  CHECK(VersionText::size_in("x1") == 0);
  CHECK(VersionText::size_in("v") == 0);
}

// Few numbers and words, so that many versions are equal or nearly so.
rc::Gen<std::string> arbitrary_version() {
  return rc::gen::exec([] {
    auto one_of = [](std::vector<std::string> texts) { return *rc::gen::elementOf(texts); };
    auto number = [&] { return one_of({"0", "00", "1", "01", "2", "10", "18446744073709551616"}); };
    std::string text = one_of({"", "v"}) + number();
    for (int i = *rc::gen::inRange(0, 4); i > 0; --i) text += '.' + number();
    switch (*rc::gen::inRange(0, 4)) {
      case 0:
        text += one_of({"a", "b", "rc"}) + number();
        break;
      case 1:
        text += '-';
        for (int i = *rc::gen::inRange(1, 4); i > 0; --i)
          text += one_of({"a", "b", "rc", "rc1", "A", "-", "x-1", "0", "1", "01", "10"}) + '.';
        text.pop_back();
        break;
    }
    return text + one_of({"", "", "+x", "+1.a-b_c"});
  });
}

TEST_CASE("the order is total") {
  CHECK(rc::check("order", [] {
    const std::string x = *arbitrary_version(), y = *arbitrary_version(), z = *arbitrary_version();
    const VersionText a = version(x), b = version(y), c = version(z);
    auto sign = [](std::strong_ordering order) { return order < 0 ? -1 : order > 0 ? 1 : 0; };
    RC_ASSERT(sign(a <=> a) == 0);
    RC_ASSERT(sign(a <=> b) == -sign(b <=> a));
    RC_ASSERT((sign(a <=> b) == 0) == (a == b));
    if (a <= b && b <= c) RC_ASSERT(a <= c);
    if (a < b && b <= c) RC_ASSERT(a < c);
    if (a == b) RC_ASSERT(sign(a <=> c) == sign(b <=> c));
  }));
}

TEST_CASE("two versions are equal exactly if their normal forms are, which are versions as well") {
  CHECK(rc::check("normal forms", [] {
    const std::string x = *arbitrary_version(), y = *arbitrary_version();
    RC_ASSERT((version(x) == version(y)) == (normal(x) == normal(y)));
    if (version(x) == version(y)) RC_ASSERT(version(x).hash() == version(y).hash());
    const std::string form = normal(x);
    RC_ASSERT(VersionText::of(form).has_value());
    RC_ASSERT(version(form) == version(x));
    RC_ASSERT(normal(form) == form);
    RC_ASSERT(normal(x).size() <= x.size() + 2);
    RC_ASSERT(VersionText::size_in(x) == x.size());
  }));
}

TEST_CASE("any text reads as a version or not") {
  CHECK(rc::check("any text", [] {
    const std::string text = *rc::gen::container<std::string>(
        rc::gen::elementOf(std::string("v0012abrc.-+_x \xC3\xA9")));
    auto read = VersionText::of(text);
    const std::string form = read ? read->normal_form() : "0";
    RC_ASSERT(VersionText::of(form).has_value());
    if (read) RC_ASSERT(*read == *VersionText::of(form));
    RC_ASSERT(read.has_value() == (!text.empty() && VersionText::size_in(text) == text.size()));
  }));
}

}  // namespace
}  // namespace reg
