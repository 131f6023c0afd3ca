#include <doctest/doctest.h>
#include <registration/write_out.h>

using namespace reg;

namespace {

RegistryInfo declared(const char* name, std::vector<Field> fields, std::vector<Fact> context = {}) {
  RegistryInfo made;
  made.name = name;
  made.fields = std::move(fields);
  made.context = std::move(context);
  return made;
}

const RegistryInfo typed =
    declared("From", {{"v", FieldType::Version}, {"l", FieldType::List}, {"n"}, {"t"}},
             {{"driver", FieldType::Version}, {"name", FieldType::String}});
const RegistryInfo bare = declared("Into", {{"own"}});
const Json info = {{"v", "v2.10"}, {"l", {1, nullptr}}, {"t", "new"}};

PredicateSet definitions() {
  PredicateSet named;
  named.define("any", {});
  named.define("each", {{}, {}, true});
  named.define("driver", {});
  named.define("like", {{"p"}, Predicate::parse("p glob \"2*\"")});
  named.define("below", {{"p"}, Predicate::parse("p.x == null")});
  named.define("same", {{"p"}, Predicate::parse("p == \"2.0\"")});
  named.define("even", {{}, Predicate::parse("yes(self.n) & yes(-1)")});
  return named;
}

std::string written(const char* text, const RegistryInfo& from = typed,
                    const RegistryInfo& into = bare) {
  return written_out(Predicate::parse(text), info, from, into, definitions()).to_string();
}

std::string refused(const char* text, const RegistryInfo& from = typed,
                    const RegistryInfo& into = bare) {
  try {
    return "not refused: " + written(text, from, into);
  } catch (const InputError& error) {
    return error.what();
  }
}

}  // namespace

TEST_CASE("a version is written as a version where it is compared, and as a text elsewhere") {
  CHECK(written("self.v >= name") == "v2.10 >= name");
  CHECK(written("self.v glob \"v2*\"") == "\"v2.10\" glob \"v2*\"");
  CHECK(written("name in self.v") == "name in \"v2.10\"");
  CHECK(written("self.v in \"v2.10.1\"") == "\"v2.10\" in \"v2.10.1\"");
  CHECK(written("self.v in [\"2.10.0\"]") == "v2.10 in [\"2.10.0\"]");
  CHECK(written("self.v in name") == "v2.10 in name | \"v2.10\" in name");
  CHECK(written("like(self.v)") == "\"v2.10\" glob \"2*\"");
}

TEST_CASE("the test of a fact finds a version under its text and among others") {
  CHECK(written("any(self.v, 1)") == "any(v2.10, 1, \"v2.10\")");
  CHECK(written("each(self.v, 1)") == "each(v2.10, 1) | each(\"v2.10\", 1)");
}

TEST_CASE("the test of a fact is written without arguments that are not there") {
  CHECK(written("any(self.n, 1)") == "any(1)");
  CHECK(written("any(self.n)") == "false");
  CHECK(written("each(self.n, 1)") == "false");
}

TEST_CASE("a null in a list that was a field meets no other path") {
  CHECK(written("name in self.l") == "name in [1]");
  CHECK(written("null in self.l") == "null in [1, null]");
}

TEST_CASE("what is compared with a fact that was a version is one, or never holds") {
  CHECK(written("driver >= \"2.1\"") == "driver >= v2.1");
  CHECK(written("driver < self.t") == "false");
  CHECK(written("driver != self.t") == "true");
  CHECK(written("\"2.1\" in driver") == "\"2.1\" in driver");
  CHECK(written("driver in \"1.0 2.1\"") == "driver in \"1.0 2.1\"");
  CHECK(written("driver(\"2.1\")") == "driver(v2.1)");
  CHECK(written("same(driver)") == "driver == v2.0");
  CHECK(refused("driver == name") == "it compares driver as a version");
  CHECK(refused("any(driver)") == "it compares driver as a version");
}

TEST_CASE("what becomes a version only where it is copied to is refused unless it is compared so") {
  const RegistryInfo other = declared("Into", {{"own"}}, {{"name", FieldType::Version}});
  CHECK(written("name >= v2 & name != null", typed, other) == "name >= v2 & name != null");
  CHECK(refused("name >= \"2\"", typed, other) ==
        "it compares name, which is a version in \"Into\", as a string");
  RegistryInfo open = typed;
  open.context.clear();
  CHECK(written("name >= \"2\"", open, other) == "name >= \"2\"");
}

TEST_CASE("a field below which a named predicate looks is null there") {
  CHECK(written("below(self.t)") == "null == null");
}

TEST_CASE("a version that a named predicate finds below its argument is compared as one") {
  const RegistryInfo from = declared("From", {}, {{"gpu.x", FieldType::Version}});
  CHECK(written("below(gpu)", from) == "gpu.x == null");
  CHECK(written("below(gpu)", from, from) == "below(gpu)");
}

TEST_CASE("a named predicate that is written out stays one summand") {
  const std::string text = written("even() & name == \"a\"");
  CHECK(text == "(yes(0) & yes(-1) | false) & name == \"a\"");
}
