#include <doctest/doctest.h>
#include <reg/shapes.h>

#include "open_cache.h"

using namespace reg;
using namespace reg_test;

TEST_CASE("a symbol of a cache has the shape of the symbol, copied or parsed") {
  CacheContent content = sample_content();
  content.registries.push_back({"Odd", "", {{"f\"é"}, {"list"}}, std::nullopt, 0});
  content.symbols.push_back(
      symbol("Odd", "ü", "t", "a == \"\\n\"", {{"f\"é", "\x1b"}, {"list", {1}}}));
  OpenCache cache(content);
  SymbolShapes shapes(*cache);
  cache->each_symbol("", [&](const SymbolView& view) {
    std::string copied, made;
    shapes.append(copied, view);
    append_symbol(made, view.symbol(), *cache->registry(view.key().registry));
    CHECK(copied == made);
    const Json parsed = parse_json(copied, "");
    CHECK(parsed["oid"] == view.oid());
    CHECK(parsed["info"].size() == cache->registry(view.key().registry)->fields.size());
    return true;
  });
}

TEST_CASE("an error has all members, and what does not apply says why") {
  std::string text;
  append_error(text, ObjectNotFound("there is no \"x\"", "did you mean \"y\"?"));
  CHECK(text ==
        "{\"error\":{\"kind\":\"object-not-found\",\"message\":\"there is no \\\"x\\\"\","
        "\"path\":null,\"line\":null,\"column\":null,"
        "\"hint\":\"did you mean \\\"y\\\"?\"}}");
  text.clear();
  append_error(text, NoSelectableObject(choose("R", "o", {symbol("R", "o", "t", "sm > 1")}, {},
                                               {{"sm", 1}}, {}, Explain::Yes)));
  const Json error = parse_json(text, "")["error"];
  CHECK(error["candidates"] ==
        Json::array({{{"target", "t"}, {"score", 0}, {"why", "sm > 1 (sm is 1)"}}}));
}

TEST_CASE("a diagnostic has its place, and a message need not have a kind") {
  std::string text;
  append_diagnostic(text, {Severity::Warning, {"a.toml", 2, 3}, "odd", "", "", ErrorKind::Input});
  CHECK(text ==
        "{\"warning\":{\"kind\":\"input\",\"message\":\"odd\",\"path\":\"a.toml\","
        "\"line\":2,\"column\":3,\"hint\":null}}");
  text.clear();
  append_message(text, "warning", {}, "odd");
  CHECK(text ==
        "{\"warning\":{\"message\":\"odd\",\"path\":null,\"line\":null,\"column\":null,"
        "\"hint\":null}}");
}

TEST_CASE("registries and explanations are objects with members in order") {
  std::string text;
  append_registry(text, {"R", "doc", {{"a"}, {"b"}}, std::nullopt, 3});
  CHECK(text == "{\"registry\":\"R\",\"fields\":[\"a\",\"b\"],\"symbols\":3,\"doc\":\"doc\"}");
  text.clear();
  append_explanation(text, choose("R", "o", {symbol("R", "o", "t"), symbol("R", "o", "u")}, {}, {},
                                  {}, Explain::No));
  CHECK(text ==
        "{\"oid\":\"o\",\"registry\":\"R\",\"context\":{},\"winner\":\"t\","
        "\"ambiguous\":[\"t\",\"u\"],\"candidates\":["
        "{\"target\":\"t\",\"score\":0.5,\"trace\":null},"
        "{\"target\":\"u\",\"score\":0.5,\"trace\":null}]}");
}
