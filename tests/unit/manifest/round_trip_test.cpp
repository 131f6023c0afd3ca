// Random manifests, printed as JSON and as TOML, declare the same.

#include "reading.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>
#include <text/json_text.h>
#include <string>

using namespace reg;
using namespace reg::test;

namespace {

// TOML has no null; its inline form is JSON's with `=` for `:`.
std::string toml_value(const Json& value) {
  std::string text;
  if (value.is_array()) {
    for (const Json& item : value) text += (text.empty() ? "" : ", ") + toml_value(item);
    return "[" + text + "]";
  }
  if (value.is_object()) {
    for (const auto& [key, item] : value.items()) {
      text += (text.empty() ? "" : ", ") + to_text(Json(key)) + " = " + toml_value(item);
    }
    return "{" + text + "}";
  }
  return to_text(value);
}

std::string toml_table(const std::string& header, const Json& table) {
  std::string text = header + "\n";
  for (const auto& [key, value] : table.items()) {
    text += to_text(Json(key)) + " = " + toml_value(value) + "\n";
  }
  return text;
}

std::string toml_manifest(const Json& manifest) {
  std::string text;
  for (const char* section : {"registries", "predicates"}) {
    text += toml_table("[" + std::string(section) + "]", manifest[section]);
  }
  for (const char* section : {"symbols", "unregister", "match", "merge"}) {
    for (const Json& table : manifest[section]) {
      text += toml_table("[[" + std::string(section) + "]]", table);
    }
  }
  return text;
}

rc::Gen<std::string> any_text() {
  return rc::gen::container<std::string>(rc::gen::element<char>(
      'a', 'Z', '0', '.', ' ', '"', '\\', '\n', '\t', '\x1b', '\'', '#', '='));
}

rc::Gen<std::string> any_name() {
  // With a letter before it, because names that begin with `__` are private.
  return rc::gen::map(
      rc::gen::container<std::string>(rc::gen::element<char>('a', 'b', 'Z', '0', '-', '_')),
      [](const std::string& rest) { return "n" + rest; });
}

rc::Gen<Json> any_value(int depth) {
  return rc::gen::exec([depth]() -> Json {
    switch (*rc::gen::inRange(0, depth == 0 ? 5 : 7)) {
      case 0:
        return *rc::gen::arbitrary<bool>();
      case 1:
        return *rc::gen::arbitrary<std::int64_t>();
      case 2:
        return static_cast<double>(*rc::gen::arbitrary<std::int32_t>()) / 64;
      case 3:
        return *any_text();
      case 4:
        return "naïve 😀";
      case 5:
        return Json(
            *rc::gen::resize(3, rc::gen::container<std::vector<Json>>(any_value(depth - 1))));
      default: {
        Json object = Json::object();
        for (int i = *rc::gen::inRange(0, 4); i > 0; --i) {
          object[*any_text()] = *any_value(depth - 1);
        }
        return object;
      }
    }
  });
}

rc::Gen<Json> any_object(int depth) {
  return rc::gen::exec([depth] {
    Json object = Json::object();
    for (int i = *rc::gen::inRange(0, 4); i > 0; --i) object[*any_text()] = *any_value(depth);
    return object;
  });
}

const char* any_predicate() {
  return *rc::gen::element("a", "gpu() & sm >= self.min", "~(x == 'y') | yes(2)", "v in [1,2]");
}

Json any_symbol() {
  Json symbol = {{"target", *any_name()}, {"registry", *any_name()}};
  if (*rc::gen::arbitrary<bool>()) symbol["registry"] = {"p" + *any_name(), "q" + *any_name()};
  if (*rc::gen::arbitrary<bool>()) symbol["oid"] = *any_name();
  if (*rc::gen::arbitrary<bool>()) symbol["info"] = *any_object(3);
  if (*rc::gen::arbitrary<bool>()) symbol["select"] = any_predicate();
  if (*rc::gen::arbitrary<bool>()) symbol["when"] = any_predicate();
  if (*rc::gen::arbitrary<bool>()) symbol["replaces"] = *any_name();
  if (*rc::gen::arbitrary<bool>()) symbol["doc"] = *any_text();
  for (const char* flag : {"force", "clear", "abstract"}) {
    if (*rc::gen::inRange(0, 4) == 0) symbol[flag] = *rc::gen::arbitrary<bool>();
  }
  return symbol;
}

Json any_registry() {
  Json registry = {{"doc", *any_text()}, {"select", any_predicate()}};
  registry["fields"] = {{"f" + *any_name(), *rc::gen::element("int", "string", "any")}};
  if (*rc::gen::arbitrary<bool>()) registry["fields"] = {"f" + *any_name()};
  return registry;
}

Json any_manifest() {
  Json manifest = {{"registries", Json::object()}, {"predicates", Json::object()},
                   {"symbols", Json::array()},     {"unregister", Json::array()},
                   {"match", Json::array()},       {"merge", Json::array()}};
  for (int i = *rc::gen::inRange(0, 3); i > 0; --i) {
    manifest["registries"]["r" + *any_name()] = any_registry();
    manifest["predicates"]["p" + std::to_string(i)] = {{"params", {"v"}}, {"expr", "v >= a"}};
    manifest["unregister"].push_back(
        {{"registry", *any_name()}, {"oid", *any_name()}, {"target", *any_name()}});
    manifest["match"].push_back(
        {{"registry", *any_name()}, {"from", *any_name()}, {"include", {*any_text()}}});
    manifest["merge"].push_back({{"into", *any_name()}, {"from", {*any_name(), *any_name()}}});
  }
  for (int i = *rc::gen::inRange(0, 6); i > 0; --i) manifest["symbols"].push_back(any_symbol());
  return manifest;
}

// What a symbol's `info` should read back as.
Json expected_infos(const Json& manifest) {
  Json infos = Json::array();
  for (const Json& symbol : manifest["symbols"]) {
    if (symbol.value("abstract", false)) continue;
    const std::size_t copies = symbol["registry"].is_array() ? symbol["registry"].size() : 1;
    for (std::size_t i = 0; i < copies; ++i) {
      infos.push_back(symbol.value("info", Json::object()));
    }
  }
  return infos;
}

Json read_infos(const Declarations& read) {
  Json infos = Json::array();
  for (const SymbolRecord& record : read.symbols) {
    infos.push_back(Json::parse(record.line).value("info", Json::object()));
  }
  return infos;
}

}  // namespace

TEST_CASE("a manifest declares the same in TOML as in JSON, and its infos read back as written") {
  const bool held = rc::check([] {
    const Json manifest = any_manifest();
    const auto json = read_json(manifest.dump(*rc::gen::inRange(-1, 3)));
    const auto toml = read_toml(toml_manifest(manifest));
    RC_LOG() << toml_manifest(manifest);
    RC_ASSERT(problems(json).empty());
    RC_ASSERT(problems(toml).empty());
    RC_ASSERT(summary(json) == summary(toml));
    RC_ASSERT(read_infos(json) == expected_infos(manifest));
  });
  CHECK(held);
}

TEST_CASE("random bytes and random edits of a manifest never crash either reader") {
  const std::string seed =
      "{\"registries\":{\"r\":{\"fields\":[\"a\"]}},\"symbols\":[{\"registry\":\"r\",\"target\":"
      "\"t\","
      "\"info\":{\"a\":[1,2.5,null,\"\\u00e9\"]},\"select\":\"a == 'x'\"}],\"merge\":[]}";
  const bool held = rc::check([&seed] {
    std::string text = seed;
    for (int edits = *rc::gen::inRange(1, 6); edits > 0; --edits) {
      const auto at = *rc::gen::inRange<std::size_t>(0, text.size());
      text.replace(at, *rc::gen::inRange<std::size_t>(0, 4),
                   *rc::gen::container<std::string>(rc::gen::arbitrary<char>()));
    }
    for (const auto& read : {read_json(text), read_toml(text)}) {
      for (const auto& record : read.symbols) RC_ASSERT(Json::accept(record.line));
    }
  });
  CHECK(held);
}
