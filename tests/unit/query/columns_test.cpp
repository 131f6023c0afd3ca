#include <doctest/doctest.h>
#include <reg/columns.h>

#include "open_cache.h"

using namespace reg;
using namespace reg_test;

namespace {

const std::vector<RegistryInfo> declared = {
    {"R", "", {{"limits"}, {"a.b"}, {"doc"}, {"v", FieldType::Version}}, std::nullopt, 0},
    {"S", "", {{"v", FieldType::Version}, {"info"}}, std::nullopt, 0}};

Symbol sample() {
  Symbol made = symbol("R", "oid", "target", "yes()",
                       {{"limits", {{"sm", 80}, {"max-batch", 3}}}, {"a.b", 1}, {"v", "1.2"}});
  made.doc = "the symbol's";
  return made;
}

std::string hint_of(const std::string& name) {
  try {
    Column(name, declared);
  } catch (const UsageError& error) {
    return std::string(error.what()) + " / " + error.hint();
  }
  return "";
}

}  // namespace

TEST_CASE("a column is what every symbol has, or a field, or a path into one") {
  const auto value = [](const std::string& name) { return Column(name, declared).value(sample()); };
  CHECK(value("registry") == "R");
  CHECK(value("oid") == "oid");
  CHECK(value("target") == "target");
  CHECK(value("select") == "yes()");
  CHECK(value("source") == "a.reg.toml:3:1");
  CHECK(value("v") == "1.2");
  CHECK(value("a.b") == 1);
  CHECK(value("limits.sm") == 80);
  CHECK(value("limits.`max-batch`") == 3);
  CHECK(value("limits.none").is_null());
  CHECK(value("limits.sm.deeper").is_null());
}

TEST_CASE("`info.` before a field says that it is one, unless a field has that name") {
  CHECK(Column("info.v", {declared[0]}).value(sample()) == "1.2");
  CHECK(Column("info.limits.sm", {declared[0]}).value(sample()) == 80);
  CHECK(Column("info.`a.b`", {declared[0]}).value(sample()) == 1);
  CHECK(Column("info.v", {declared[1]}).value(sample()).is_null());
  CHECK_THROWS_AS(Column("info.target", {declared[0]}), UsageError);
  CHECK_THROWS_AS(Column("info", {declared[0]}), UsageError);
}

TEST_CASE("a registry's field hides what its symbols have under its name, given or not") {
  const Column doc("doc", declared);
  Symbol one = sample();
  CHECK(doc.value(one).is_null());
  one.info["doc"] = "the field's";
  CHECK(doc.value(one) == "the field's");
  one.registry = "S";
  CHECK(doc.value(one) == "the symbol's");
}

TEST_CASE("a column holds versions if it does so in every registry that has it") {
  CHECK(Column("v", declared).is_version());
  CHECK_FALSE(Column("limits", declared).is_version());
  CHECK_FALSE(Column("oid", declared).is_version());
  std::vector<RegistryInfo> mixed = declared;
  mixed[1].fields[0].type = FieldType::String;
  CHECK_FALSE(Column("v", mixed).is_version());
}

TEST_CASE("an unknown column is an error that names the nearest, or all") {
  CHECK(hint_of("limit") == "there is no field \"limit\" / did you mean \"limits\"?");
  CHECK(hint_of("nothing.near") ==
        "there is no field \"nothing\" / there are registry, oid, target, select, doc, source, "
        "origin, limits, a.b, v, …");
}

TEST_CASE("a symbol in a cache has the values of the symbol") {
  OpenCache cache;
  for (const std::string& name : column_names(cache->registries())) {
    CAPTURE(name);
    const Column column(name, cache->registries());
    cache->each_symbol("", [&](const SymbolView& symbol) {
      CHECK(column.value(symbol) == column.value(symbol.symbol()));
      return true;
    });
  }
}
