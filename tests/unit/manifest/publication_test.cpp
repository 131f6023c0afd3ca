#include "reading.h"

#include <doctest/doctest.h>

using namespace reg;
using namespace reg::test;

namespace {

constexpr const char* path = ".reg/remote/host.reg.json";

Declarations published(std::string_view rest,
                       std::string_view head = R"({"format": 1, "origin": "host"})") {
  return read_manifest("{\"published\":" + std::string(head) + std::string(rest) + "}", path,
                       ManifestFormat::JsonText);
}
Lines problems_of(std::string_view rest,
                  std::string_view head = R"({"format": 1, "origin": "host"})") {
  Lines messages;
  for (const Diagnostic& found : published(rest, head).diagnostics) {
    CHECK(found.severity == Severity::Error);
    CHECK(found.place.path == path);
    messages.push_back(found.message);
  }
  return messages;
}

constexpr const char* head_with_facts =
    R"({"format": 1, "origin": "host", "workspace": "w", "facts": {"site": "paris", "gpu": {"n": 8}}})";

}  // namespace

TEST_CASE("what an origin publishes says where it was declared, and who it is from") {
  const Declarations read = published(R"(,
"registries":{"K":{"doc":"d","fields":{"a":"string","p":"int"},"context":{"sm":"int"}}},
"symbols":[
{"registry":"K","oid":"o","target":"t","select":"sm > 1","info":{"p":1,"a":"x"},"doc":"D","declared":{"path":"src/a.cpp","line":7}}
])",
                                      head_with_facts);
  CHECK(problems(read).empty());
  CHECK(lines(read) ==
        Lines{R"({"registry":"K","oid":"o","target":"t","select":"sm > 1","info":{"a":"x",)"
              R"("origin":"host","origin.gpu":{"n":8},"origin.site":"paris","p":1},"doc":"D",)"
              R"("declared":["src/a.cpp",7],"source":[".reg/remote/host.reg.json",4,1]})"});
  REQUIRE(read.shapes.size() == 1);
  CHECK(read.shapes.front().fields.size() == 2);
  REQUIRE(read.registries.size() == 1);
  CHECK(read.registries.front().doc == "d");
  CHECK(read.registries.front().fields.size() == 2);
  CHECK(read.registries.front().context.size() == 1);
}

TEST_CASE("no registry declares `origin`, nor a fact of one") {
  for (const char* fields : {R"({"origin":"string"})", R"(["origin"])", R"(["origin.site"])"}) {
    const Declarations read =
        published(std::string(",\"registries\":{\"K\":{\"fields\":") + fields + "}}");
    CHECK(problems(read).size() == 1);
    REQUIRE(read.diagnostics.size() == 1);
    CHECK(read.diagnostics.front().hint.find("rename it") != std::string::npos);
  }
  CHECK(json_problems(R"({"registries":{"K":{"fields":["origin"]}}})").size() == 1);
  CHECK(json_problems(R"({"registries":{"K":{"fields":["original"]}}})").empty());
}

TEST_CASE("a symbol that says itself whose it is is left out, and no more than that") {
  const auto symbol = [](const char* oid, const char* info) {
    return "{\"registry\":\"K\",\"target\":\"t\",\"oid\":\"" + std::string(oid) +
           "\",\"info\":" + info + "}";
  };
  const Declarations read =
      published(",\"symbols\":[" + symbol("a", R"({"origin":"else"})") + "," +
                    symbol("b", R"({"origin.gpu":{"n":99}})") + "," +
                    symbol("c", R"({"origin.none":null})") + "," + symbol("d", "{}") + "]",
                head_with_facts);
  REQUIRE(read.symbols.size() == 1);
  CHECK(read.symbols.front().oid == "d");
  CHECK_FALSE(read.failed());
  REQUIRE(read.diagnostics.size() == 1);
  const Diagnostic& found = read.diagnostics.front();
  CHECK(found.severity == Severity::Warning);
  CHECK(found.message.find("left out") != std::string::npos);
  CHECK(found.message.find("and 2 more like it") != std::string::npos);
}

TEST_CASE("what an origin declares has a limit") {
  const auto registries = [](std::size_t count, const std::string& each) {
    std::string text = ",\"registries\":{";
    for (std::size_t i = 0; i < count; ++i)
      text += (i == 0 ? "\"r" : ",\"r") + std::to_string(i) + "\":" + each;
    return text + "}";
  };
  const auto fields = [](const char* key, std::size_t count) {
    std::string text = "{\"" + std::string(key) + "\":{";
    for (std::size_t i = 0; i < count; ++i)
      text += (i == 0 ? "\"x" : ",\"x") + std::to_string(i) + "\":\"int\"";
    return text + "}}";
  };
  CHECK(problems_of(registries(10'000, "{}")).empty());
  CHECK(problems_of(registries(10'001, "{}")) ==
        Lines{"/registries: an origin declares 10,000 registries at most"});
  CHECK(problems_of(registries(1, fields("fields", 1'000))).empty());
  CHECK(problems_of(registries(1, fields("context", 1'000))).empty());
  CHECK(problems_of(registries(1, fields("fields", 1'001))).size() == 1);
  CHECK(problems_of(registries(1, fields("context", 1'001))).size() == 1);
}

TEST_CASE("the facts of an origin do not multiply without end") {
  const std::string head =
      R"({"format": 1, "origin": "host", "facts": {"x": ")" + std::string(4'000, 'x') + "\"}}";
  std::string symbols;
  for (int i = 0; i < 70'000; ++i)
    symbols += (i == 0 ? R"({"registry":"K","oid":"o","target":"t)"
                       : R"(,{"registry":"K","oid":"o","target":"t)") +
               std::to_string(i) + "\"}";
  const Lines found = problems_of(",\"symbols\":[" + symbols + "]", head);
  REQUIRE(found.size() == 1);
  CHECK(found.front().find("256 MiB") != std::string::npos);
}

TEST_CASE("nobody acts on what others declare") {
  CHECK(problems_of(R"(,"predicates":{},"merge":[],"match":[],"unregister":[],"pins":[],)"
                    R"("expect":[],"workspace":{})")
            .size() == 7);
  CHECK(problems_of(R"(,"registries":{"K":{"select":"a"}})") ==
        Lines{"/registries/K: unknown key \"select\""});
  for (const char* key : {"force", "clear", "abstract", "replaces", "when", "allow"}) {
    const std::string more = std::string("\"") + key + "\":true";
    const Lines found =
        problems_of(R"(,"symbols":[{"registry":"K","oid":"o","target":"t",)" + more + "}]");
    CHECK(found == Lines{"/symbols/0: unknown key \"" + std::string(key) + '"'});
  }
  CHECK(problems_of(R"(,"symbols":[{"registry":["K","L"],"oid":"o","target":"t"}])") ==
        Lines{"/symbols/0/registry: expected a string, got an array"});
  CHECK(problems_of(R"(,"symbols":[{"registry":"K","target":"t"}])") ==
        Lines{"/symbols/0: the key \"oid\" is missing"});
  CHECK(problems_of(R"-(,"symbols":[{"registry":"K","oid":"o","target":"t","select":"gpu()"}])-") ==
        Lines{"/symbols/0/select: calls the named predicate \"gpu\""});
}

TEST_CASE("a publication is of that origin and of a known format, and says so before its symbols") {
  CHECK(problems_of("", R"({"format": 1, "origin": "else"})") ==
        Lines{"/published/origin: it is what \"else\" publishes, in the place of \"host\""});
  CHECK(problems_of("", R"({"format": 2, "origin": "host"})") ==
        Lines{"/published/format: this reg reads format 1 only"});
  CHECK(problems_of("", R"({"origin": "host"})") ==
        Lines{"/published: the key \"format\" is missing"});
  CHECK(problems_of("", "{}").size() == 2);
  CHECK(problems_of("", "5") == Lines{"/published: expected an object, got an integer"});
  CHECK(problems_of("", R"({"format":1,"origin":"host","facts":{"a.b":1}})").size() == 1);
  CHECK(problems_of(R"(,"symbols":[],"registries":{})") ==
        Lines{"/registries: has to stand before `symbols`"});
  const auto whole = [](const char* text) {
    return problems(read_manifest(text, path, ManifestFormat::JsonText)).size();
  };
  CHECK(whole("{}") == 1);
  CHECK(whole("[]") == 1);
  CHECK(whole(R"({"symbols":[],"published":{"format":1,"origin":"host"}})") == 1);
  CHECK(whole(R"({"published":{"format":1,"origin":"host"},"published":{}})") != 0);
}

TEST_CASE("where a symbol was declared is a path and a line") {
  const auto problems_with = [](const char* declared) {
    return problems_of(std::string(R"(,"symbols":[{"registry":"K","oid":"o","target":"t",)") +
                       "\"declared\":" + declared + "}]")
        .size();
  };
  CHECK(problems_with(R"({"path":"a","line":0})") == 0);
  for (const char* bad :
       {"{}", "5", R"({"path":"a"})", R"({"path":"","line":1})", R"({"path":"a","line":-1})",
        R"({"path":"a","line":1.5})", R"({"path":"a","line":4294967296})",
        R"({"path":"a\u0001","line":1})", R"({"path":"a","line":1,"column":2})"}) {
    CAPTURE(bad);
    CHECK(problems_with(bad) != 0);
  }
}

TEST_CASE("elsewhere `published` and `declared` are keys like any other that is not known") {
  CHECK(json_problems(R"({"published": {}})").size() == 1);
  CHECK(json_problems(
            R"({"symbols":[{"registry":"K","target":"t","declared":{"path":"a","line":1}}]})")
            .size() == 1);
}
