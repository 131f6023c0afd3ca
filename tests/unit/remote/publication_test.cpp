#include <doctest/doctest.h>
#include <reg/cache.h>
#include <reg/remote.h>
#include <update/sources.h>
#include <algorithm>

namespace {

using namespace reg;
using reg_test::Files;
using reg_test::TestWorkspace;

const Files files = {{"kernels/k.reg.toml", R"x([registries.K]
doc = "kernels"
fields = { p = "int", a = "version" }
context = { sm = "int", device = "string", group = "list" }
select = "gpu() & sm >= self.p"
[predicates]
gpu = "device == 'cuda'"
group = { fact = true }
[[symbols]]
registry = "K"
oid = "gemm"
target = "m.fast"
info = { p = 80, a = "2.10" }
doc = "fast \"one\""
[[symbols]]
registry = "K"
oid = "gemm"
target = "m.slow"
select = "group('a') & yes(2)"
[[symbols]]
registry = "Copy"
oid = "x"
target = "m.x"
)x"},
                     {"other/o.reg.toml", R"x([registries.Other]
[[symbols]]
registry = "Other"
target = "m.other"
[[merge]]
into = "Other"
from = ["K"]
)x"}};

RemoteSettings publishing(std::vector<std::string> patterns) {
  RemoteSettings remote;
  remote.origin = "host";
  remote.publish = std::move(patterns);
  return remote;
}

// A workspace, and what it publishes.
struct Publisher {
  explicit Publisher(const Files& of = files) : workspace(of) {
    const AutoRegisterReport& report = workspace.run();
    for (const Diagnostic& each : report.diagnostics) MESSAGE(each.message);
    REQUIRE(!report.failed);
  }
  Publication publish(const RemoteSettings& remote) const {
    Publication made = publication_of(Cache::open(workspace.get()), remote);
    const auto problems = publication_problems(made.text, remote.origin);
    for (const Diagnostic& each : problems) MESSAGE(each.message);
    CHECK(problems.empty());
    return made;
  }
  TestWorkspace workspace;
};

TEST_CASE("what is published has a line for each symbol, with its predicate written out") {
  const Publisher publisher;
  RemoteSettings remote = publishing({"kernels/**"});
  remote.facts = {{"site", "paris"}};
  const Publication made = publisher.publish(remote);
  CHECK(made.warnings.empty());
  CHECK(made.symbols == 5);  // two of them copies in Other
  CHECK(made.registries == 3);
  CHECK(made.text == R"x({
"published":{"facts":{"site":"paris"},"format":1,"origin":"host","workspace":"test"},
"registries":{
"Copy":{},
"K":{"doc":"kernels","fields":{"p":"int","a":"version"},"context":{"sm":"int","device":"string","group":"list"}},
"Other":{"context":{"device":"string","group":"list","sm":"int"}}
},
"symbols":[
{"registry":"Copy","oid":"x","target":"m.x","declared":{"path":"kernels/k.reg.toml","line":20}},
{"registry":"K","oid":"gemm","target":"m.fast","select":"device == \"cuda\" & sm >= self.p","info":{"a":"2.10","p":80},"doc":"fast \"one\"","declared":{"path":"kernels/k.reg.toml","line":9}},
{"registry":"K","oid":"gemm","target":"m.slow","select":"\"a\" in group & yes(2)","declared":{"path":"kernels/k.reg.toml","line":15}},
{"registry":"Other","oid":"gemm","target":"m.fast","select":"device == \"cuda\" & sm >= 80","doc":"fast \"one\"","declared":{"path":"kernels/k.reg.toml","line":9}},
{"registry":"Other","oid":"gemm","target":"m.slow","select":"\"a\" in group & yes(2)","declared":{"path":"kernels/k.reg.toml","line":15}}
]
}
)x");
}

TEST_CASE("only sources that `publish` names are published, and none of others") {
  const Publisher publisher;
  const auto symbols = [&](std::vector<std::string> patterns) {
    return publisher.publish(publishing(std::move(patterns))).symbols;
  };
  CHECK(symbols({}) == 0);
  CHECK(symbols({"other"}) == 1);
  CHECK(symbols({"other/*.toml"}) == 1);
  CHECK(symbols({"."}) == 6);
  CHECK(symbols({"kernel"}) == 0);
  CHECK(symbols({"kernels/*.json"}) == 0);
  CHECK_THROWS_AS((void)symbols({""}), InputError);

  TestWorkspace follower;
  follower.put("registry.toml",
               "[workspace]\nname = 'f'\nsources = ['.']\n[remote]\netcd = 'http://a'\n"
               "name = 'n'\norigin = 'me'\n");
  follower.put(".reg/remote/host.reg.json", publisher.publish(publishing({"kernels"})).text);
  REQUIRE(!follower.run().failed);
  const Cache cache = Cache::open(follower.get());
  CHECK(cache.size() == 5);
  CHECK(publication_of(cache, publishing({".", ".reg", ".reg/remote/*"})).symbols == 0);
}

TEST_CASE("what others add to a registry is not published again, and does not change what is") {
  Files changed = files;
  changed["registry.toml"] =
      "[workspace]\nname = 'test'\nsources = ['.']\n[remote]\netcd = 'http://a'\n"
      "name = 'n'\norigin = 'host'\n";
  const auto texts = [&] { return Publisher(changed).publish(publishing({"."})).text; };
  const std::string alone = texts();
  changed[".reg/remote/other.reg.json"] =
      R"x({"published":{"format":1,"origin":"other"},"registries":{
"K":{"doc":"theirs","fields":{"q":"int"},"context":{"group.a":"bool","more.of.it":"int"}},
"Other":{"doc":"theirs","fields":{"q":"int"},"context":{"more":"int"}}},
"symbols":[{"registry":"K","oid":"gemm","target":"m.theirs","info":{"q":1}}]})x";
  CHECK(texts() == alone);
}

TEST_CASE("what cannot be said without named predicates is left out, with the reason") {
  Files changed = files;
  changed["kernels/n.reg.toml"] = R"x([[symbols]]
registry = "Free"
target = "m.free"
select = "group()"
[[symbols]]
registry = "Free"
target = "m.other"
)x";
  const Publication made = Publisher(changed).publish(publishing({"kernels/n.reg.toml"}));
  CHECK(made.symbols == 1);
  REQUIRE(made.warnings.size() == 1);
  CHECK(made.warnings.front().severity == Severity::Warning);
  CHECK(made.warnings.front().place == Place{"kernels/n.reg.toml", 1, 1});
  CHECK(made.warnings.front().message ==
        "\"m.free\" of Free/free is not published: it calls `group()`, which no expression can "
        "say: it may be an object of any grades");
}

TEST_CASE("what is followed selects as it does where it was published") {
  const Publisher publisher;
  TestWorkspace follower;
  follower.put("registry.toml",
               "[workspace]\nname = 'f'\nsources = ['.']\n[remote]\netcd = 'http://a'\n"
               "name = 'n'\norigin = 'me'\n");
  follower.put(".reg/remote/host.reg.json", publisher.publish(publishing({"."})).text);
  REQUIRE(!follower.run().failed);
  const Cache here = Cache::open(publisher.workspace.get()), there = Cache::open(follower.get());
  for (const char* facts : {R"({})", R"({"device":"cuda","sm":90})", R"({"device":"cuda","sm":70})",
                            R"({"group":["a"]})", R"({"group":["b"],"device":"cuda","sm":80})"}) {
    const Context context = Json::parse(facts);
    const Selection one = here.score("K", "gemm", context),
                    other = there.score("K", "gemm", context);
    REQUIRE(one.candidates.size() == other.candidates.size());
    for (std::size_t i = 0; i < one.candidates.size(); ++i) {
      CHECK(one.candidates[i].symbol.target == other.candidates[i].symbol.target);
      CHECK(one.candidates[i].score == other.candidates[i].score);
    }
  }
  const Symbol symbol = there.implementations("K", "gemm").front();
  CHECK(symbol.info.at("origin") == "host");
  CHECK(symbol.source == Place{".reg/remote/host.reg.json", 10, 1});
  CHECK(symbol.declared == Place{"kernels/k.reg.toml", 9});
}

TEST_CASE("a text is asked about as what an origin publishes, and any bytes may be") {
  CHECK(publication_problems("{}", "../x").size() == 1);
  CHECK(!publication_problems("", "host").empty());
  CHECK(!publication_problems(std::string("\xff\0{", 3), "host").empty());
  CHECK(!publication_problems(R"x({"published":{"format":1,"origin":"other"}})x", "host").empty());
  CHECK(publication_problems(R"x({"published":{"format":1,"origin":"host"}})x", "host").empty());
}

TEST_CASE("[remote] is told of a workspace that has one") {
  TestWorkspace workspace;
  CHECK(!remote_settings(workspace.get()));
  workspace.put("registry.toml", "[remote]\netcd = 'http://a'\nname = 'n'\norigin = 'me'\n");
  REQUIRE(remote_settings(workspace.get()));
  CHECK(remote_settings(workspace.get())->origin == "me");
  workspace.put("registry.toml", "[remote]\nname = 'n'\n");
  CHECK_THROWS_AS((void)remote_settings(workspace.get()), InputError);
}

}  // namespace
