#include "reading.h"

#include <doctest/doctest.h>

using namespace reg;
using namespace reg::test;

TEST_CASE("a symbol becomes the line that the cache holds for it") {
  const auto read = read_toml(R"toml([[symbols]]
registry = "Kernel"
target   = "libgemm.so:make_cublas"
oid      = "gemm"
info     = { min_sm = 80, device = "cuda", "ä\"" = [1.0, { b = true, a = -1 }] }
select   = "gpu()&sm>=self.min_sm   & yes( 2 )"
replaces = "libgemm.so:make_naive"
force    = true
clear    = true
when     = 'build=="release"'
doc      = "cuBLAS"
)toml");
  CHECK(problems(read).empty());
  REQUIRE(read.symbols.size() == 1);
  CHECK(lines(read).front() ==
        R"line({"registry":"Kernel","oid":"gemm","target":"libgemm.so:make_cublas",)line"
        R"line("select":"gpu() & sm >= self.min_sm & yes(2)",)line"
        R"line("info":{"device":"cuda","min_sm":80,"ä\"":[1.0,{"a":-1,"b":true}]},)line"
        R"line("doc":"cuBLAS","force":true,"clear":true,"replaces":"libgemm.so:make_naive",)line"
        R"line("when":"build == \"release\"","source":["m.reg.toml",1,1]})line");
  const SymbolRecord& record = read.symbols[0];
  CHECK(record.registry == "Kernel");
  CHECK(record.oid == "gemm");
  CHECK(record.target == "libgemm.so:make_cublas");
  CHECK(record.at == Position{1, 1});
  CHECK(record.conditional);
  CHECK(record.acts);
  CHECK(record.has_when);
  CHECK_FALSE(record.copied);
}

TEST_CASE("a symbol without an oid gets the last component of its target") {
  const auto read = read_json(R"({"symbols": [{"registry": "r", "target": "pkg.module.Class"},
    {"registry": "r", "target": "lib.so:make"}, {"registry": "r", "target": "ns::Class"},
    {"registry": "r", "target": "plain"}, {"registry": "r", "target": "pkg."}]})");
  std::vector<std::string_view> oids;
  for (const auto& symbol : read.symbols) oids.push_back(symbol.oid);
  CHECK(oids == std::vector<std::string_view>{"Class", "make", "Class", "plain"});
  CHECK(problems(read) ==
        Lines{"3:71: /symbols/4/target: no oid follows from \"pkg.\" (give the symbol an oid)"});
}

TEST_CASE("a symbol in several registries is one in each") {
  const auto read = read_toml("[[symbols]]\nregistry = ['a', 'b']\ntarget = 't'\n");
  CHECK(lines(read) ==
        Lines{R"({"registry":"a","oid":"t","target":"t","source":["m.reg.toml",1,1]})",
              R"({"registry":"b","oid":"t","target":"t","source":["m.reg.toml",1,1]})"});
  CHECK_FALSE(read.symbols[0].conditional);
  CHECK_FALSE(read.symbols[0].acts);
  CHECK_FALSE(read.symbols[0].has_when);
}

TEST_CASE("an abstract symbol is not registered, and its predicates are not looked at") {
  const auto read = read_toml(
      "[[symbols]]\nregistry = 'a'\ntarget = 't'\nabstract = true\n"
      "[[symbols]]\nregistry = 'a'\ntarget = 'u'\nabstract = false\n"
      "[[symbols]]\nregistry = 'a'\ntarget = 'v'\nabstract = true\nselect = '('\n");
  REQUIRE(read.symbols.size() == 1);
  CHECK(read.symbols[0].target == "u");
  CHECK(read.diagnostics.empty());
}

TEST_CASE("symbols keep the order of the source") {
  std::string text = "{\"symbols\": [";
  for (int i = 0; i < 300; ++i) {
    text += (i == 0 ? "" : ",\n") + std::string(R"({"registry":"r","target":"t)") +
            std::to_string((i * 7) % 300) + "\"}";
  }
  const auto read = read_json(text + "]}");
  REQUIRE(read.symbols.size() == 300);
  for (std::uint32_t i = 0; i < 300; ++i) {
    CHECK(read.symbols[i].target == "t" + std::to_string((i * 7) % 300));
    CHECK(read.symbols[i].at == Position{i + 1, i == 0 ? 14u : 1u});
  }
}

TEST_CASE("records stay good when the lines outgrow the room that was made for them") {
  // Each registry repeats the whole symbol, so the lines are many times the source's size.
  const std::string path(900, 'p');
  std::string names;
  for (int i = 0; i < 200; ++i) names += (i == 0 ? "\"r" : ",\"r") + std::to_string(i) + "\"";
  const auto read =
      read_manifest("{\"symbols\": [{\"target\": \"a.b\", \"registry\": [" + names + "]}]}", path,
                    ManifestFormat::JsonText);
  CHECK(problems(read).empty());
  REQUIRE(read.symbols.size() == 200);
  for (std::size_t i = 0; i < 200; ++i) {
    const auto& record = read.symbols[i];
    CHECK(record.registry == "r" + std::to_string(i));
    CHECK(record.oid == "b");
    CHECK(record.target == "a.b");
    CHECK(Json::parse(record.line)["source"][0] == path);
    CHECK(record.line.data() >= read.text->data());
    CHECK(record.line.data() + record.line.size() <= read.text->data() + read.text->size());
  }
}

TEST_CASE("a declaration can be moved without its records losing their text") {
  auto read = read_json(R"({"symbols": [{"registry": "r", "target": "t"}]})");
  const Declarations moved = std::move(read);
  CHECK(moved.symbols[0].line ==
        R"({"registry":"r","oid":"t","target":"t","source":["m.reg.json",1,14]})");
}

TEST_CASE("every mistake in a symbol is reported, by place and name, and hides no other symbol") {
  const auto read = read_toml(R"([[symbols]]
regsitry = "Kernel"
target = 12
[[symbols]]
registry = ["a", 1, "b c", "__private", "a"]
target = "has blank"
oid = ""
info = ["x"]
force = "yes"
abstract = 0
replaces = "\t"
colour = "red"
[[symbols]]
registry = []
target = "t"
[[symbols]]
registry = "fine"
target = "fine"
)");
  CHECK(problems(read) ==
        Lines{
            "1:1: symbols[0]: the key \"registry\" is missing",
            "2:1: symbols[0]: unknown key \"regsitry\" (did you mean \"registry\"?)",
            "3:10: symbols[0].target: expected a string, got an integer",
            "5:18: symbols[1].registry[1]: expected a string, got an integer",
            "5:21: symbols[1].registry[2]: \"b c\" cannot name a registry: a registry's name has "
            "only "
            "ASCII letters, digits and _ . : -",
            "5:28: symbols[1].registry[3]: \"__private\" cannot name a registry in a source: names "
            "that begin with \"__\" are private to a program",
            "5:41: symbols[1].registry[4]: \"a\" is named twice",
            "6:10: symbols[1].target: \"has blank\" cannot be a target: it cannot have white space "
            "or "
            "control characters",
            "7:7: symbols[1].oid: \"\" cannot be an oid: it cannot be empty",
            "8:8: symbols[1].info: expected a table, got an array",
            "9:9: symbols[1].force: expected true or false, got a string",
            "10:12: symbols[1].abstract: expected true or false, got an integer",
            "11:12: symbols[1].replaces: \"\\t\" cannot be a target: it cannot have white space or "
            "control characters",
            "12:1: symbols[1]: unknown key \"colour\" (the known keys are registry, oid, target, "
            "info, "
            "select, replaces, force, clear, abstract, when, doc, allow)",
            "14:12: symbols[2].registry: name at least one registry",
        });
  REQUIRE(read.symbols.size() == 1);
  CHECK(read.symbols[0].target == "fine");
}

TEST_CASE("an empty name of a registry is an error wherever it stands") {
  CHECK(json_problems(R"({"symbols": [{"registry": "", "target": "t"}]})") ==
        Lines{"1:27: /symbols/0/registry: \"\" cannot name a registry: a registry's name cannot be "
              "empty"});
}

TEST_CASE("in JSON, messages name elements by their pointer") {
  const auto read = read_json(R"({"symbols": [{"registry": "r", "target": "t"},
  {"registry": "r", "target": "u", "info": [], "select": null},
  {"registry": "r", "target": "v", "info": {"a/b~c": {"k": 1e999}}},
  7]})");
  CHECK(problems(read) ==
        Lines{"2:44: /symbols/1/info: expected an object, got an array",
              "2:58: /symbols/1/select: expected a string, got null",
              "3:60: /symbols/2/info/a~1b~0c/k: the number is too large for a double",
              "4:3: /symbols/3: expected an object, got an integer"});
}

TEST_CASE("a predicate that does not parse is an error at the part that is wrong, with a caret") {
  const auto read = read_json(R"({"symbols": [
  {"registry": "r", "target": "t", "select": "sm >= & 3", "when": "a =="}]})");
  REQUIRE(read.diagnostics.size() == 2);
  for (const Diagnostic& diagnostic : read.diagnostics) {
    CAPTURE(diagnostic.message);
    CHECK(diagnostic.excerpt.find("\n") != std::string::npos);
    CHECK(diagnostic.excerpt.ends_with("^"));
  }
  CHECK(read.diagnostics[0].place == Place{"m.reg.json", 2, 53});
  CHECK(read.diagnostics[0].message.starts_with("/symbols/0/select: "));
  CHECK(read.diagnostics[0].excerpt.starts_with(R"(  {"registry": "r", )"));
  CHECK(read.diagnostics[1].place == Place{"m.reg.json", 2, 72});
  CHECK(read.diagnostics[1].message.starts_with("/symbols/0/when: "));
  CHECK(read.symbols.empty());
}

TEST_CASE("what predicates have in them is summed up by registry and `when`") {
  const auto read = read_toml(R"toml([registries.r]
select = "base()"
[[symbols]]
registry = "r"
target = "a"
select = "gpu() & sm >= 80"
[[symbols]]
registry = "r"
target = "b"
select = "at_least(3, v) | sm >= 90 & has(self.f)"
[[symbols]]
registry = "r"
target = "c"
select = "gpu()"
when = "x == 1 & wide()"
)toml");
  CHECK(problems(read).empty());
  CHECK(summary(read)["summaries"] == Json::parse(R"json([
    ["r", "", ["sm", "v"], ["at_least", "gpu"],
     ["at_least(3, v)", "gpu()", "has(self.f)", "sm >= 0"]],
    ["r", "x == 1 & wide()", [], ["gpu"], ["gpu()"]]])json"));
}

TEST_CASE("symbols of one shape are listed once, with the first of them") {
  const auto read = read_json(R"({"symbols": [
    {"registry": "r", "target": "t0", "info": {"a": 1, "b": "x", "c": null}},
    {"registry": "r", "target": "t1", "info": {"b": "y", "a": 2, "c": null}},
    {"registry": "r", "target": "t2", "info": {"a": 1.5, "b": "x", "c": null}},
    {"registry": "s", "target": "t3", "info": {"a": 1, "b": "x", "c": null}},
    {"registry": "r", "target": "t4", "info": {"a": 1, "b": "y", "c": null}},
    {"registry": "r", "target": "t5", "info": {"d": [], "e": {}, "f": true}},
    {"registry": "r", "target": "t6"}]})");
  CHECK(summary(read)["shapes"] ==
        Json::parse(R"([["r", [["a", "int"], ["b", "string"], ["c", "any"]], 0],
                        ["r", [["a", "number"], ["b", "string"], ["c", "any"]], 2],
                        ["s", [["a", "int"], ["b", "string"], ["c", "any"]], 3],
                        ["r", [["d", "list"], ["e", "object"], ["f", "bool"]], 5],
                        ["r", [], 6]])"));
}

TEST_CASE("a source that is wrong all over gets a hundred diagnostics and a count of the rest") {
  std::string text = "{\"symbols\": [0";
  for (int i = 0; i < 250; ++i) text += ",\n0";
  const auto read = read_json(text + "]}");
  REQUIRE(read.diagnostics.size() == 101);
  CHECK(read.diagnostics[99].message == "/symbols/99: expected an object, got an integer");
  CHECK(read.diagnostics[100].message == "… and 151 more");
  CHECK(read.diagnostics[100].place == Place{"m.reg.json"});
}

TEST_CASE("long and strange names are cut and escaped in messages") {
  const std::string long_key(5000, 'k');
  const auto read = read_json("{\"symbols\": [{\"registry\": \"r\", \"target\": \"t\", \"" +
                              long_key + "\": 1, \"\\u001b[2J\\u009b\": 2}]}");
  REQUIRE(read.diagnostics.size() == 2);
  CHECK(read.diagnostics[0].message == "/symbols/0: unknown key \"" + std::string(80, 'k') + "…\"");
  CHECK(read.diagnostics[1].message == "/symbols/0: unknown key \"\\u001b[2J\\u009b\"");
}
