#include <doctest/doctest.h>
#include <manifest/manifest.h>
#include <registration/linker.h>

using namespace reg;

namespace {

struct SourceText {
  std::string path;
  Declarations declarations;
};

SourceText source(const std::string& path, const std::string& toml) {
  SourceText made{path, read_manifest(toml, path, ManifestFormat::TomlText)};
  REQUIRE(made.declarations.diagnostics.empty());
  return made;
}

class Sources {
 public:
  void push_back(SourceText text) { texts_.push_back(std::move(text)); }
  void clear() { texts_.clear(); }

  Linked linked(const Json& facts = Json::object()) const {
    std::vector<Source> views;
    for (const SourceText& text : texts_)
      views.push_back({text.path, &text.declarations, text.declarations.symbols});
    return link(views, facts);
  }

 private:
  std::deque<SourceText> texts_;
};

std::string symbol(const std::string& registry, const std::string& target,
                   const std::string& more = {}) {
  return "[[symbols]]\nregistry = \"" + registry + "\"\noid = \"o\"\ntarget = \"" + target +
         "\"\n" + more + "\n";
}

// What is registered, as `registry:target`, in order.
std::string registered(const Linked& linked) {
  std::string text;
  for (const SymbolRecord& record : linked.symbols) {
    text +=
        (text.empty() ? "" : " ") + std::string(record.registry) + ":" + std::string(record.target);
  }
  return text;
}

// The facts that a registry declares or that joined them, as `path:type`.
std::string context_of(const Linked& linked, const std::string& registry) {
  std::string text;
  for (const Fact& fact : linked.catalog.registries.at(registry).context)
    text += (text.empty() ? "" : " ") + fact.path + ":" + to_string(fact.type);
  return text;
}

const std::string conditional = "select = \"a == 1\"\n";

}  // namespace

TEST_CASE("a second unconditional symbol under the same oid is an error that names both places") {
  Sources sources;
  sources.push_back(source("a.reg.toml", symbol("R", "x")));
  sources.push_back(source("b.reg.toml", "\n" + symbol("R", "y")));
  Linked linked = sources.linked();
  REQUIRE(linked.findings.size() == 1);
  CHECK(linked.findings[0].diagnostic.place.to_string() == "b.reg.toml:2:1");
  CHECK(linked.findings[0].diagnostic.message.find("a.reg.toml:1:1") != std::string::npos);
  CHECK(registered(linked) == "R:x");
}

TEST_CASE("the same target twice under the same oid is an error, unless forced") {
  Sources sources;
  sources.push_back(
      source("a.reg.toml", symbol("R", "x", conditional) + symbol("R", "x", conditional)));
  CHECK(sources.linked().findings.size() == 1);
  sources.clear();
  sources.push_back(
      source("a.reg.toml", symbol("R", "x", conditional) + symbol("R", "x", "force = true")));
  CHECK(sources.linked().findings.empty());
}

TEST_CASE("a registry with a select makes its symbols conditional") {
  Sources sources;
  sources.push_back(source(
      "a.reg.toml", "[registries.R]\nselect = \"a == 1\"\n" + symbol("R", "x") + symbol("R", "y")));
  Linked linked = sources.linked();
  CHECK(linked.findings.empty());
  CHECK(registered(linked) == "R:x R:y");
}

TEST_CASE(
    "force takes the unconditional symbol's place in the order, clear that of all before it") {
  Sources sources;
  sources.push_back(source("a.reg.toml", symbol("R", "x") + symbol("R", "y", conditional) +
                                             symbol("R", "z", "force = true")));
  CHECK(registered(sources.linked()) == "R:z R:y");
  sources.push_back(source("b.reg.toml", symbol("R", "w", "clear = true")));
  CHECK(registered(sources.linked()) == "R:w");
}

TEST_CASE("a symbol is registered only when its `when` holds for the facts") {
  Sources sources;
  sources.push_back(source("a.reg.toml", symbol("R", "x", "when = 'build == \"release\"'")));
  CHECK(registered(sources.linked({{"build", "release"}})) == "R:x");
  Linked without = sources.linked();
  CHECK(registered(without).empty());
  CHECK(without.left_out.size() == 1);
  CHECK(without.catalog.registries.empty());
}

TEST_CASE("replaces and unregister remove, and warn where there is nothing") {
  Sources sources;
  sources.push_back(source("a.reg.toml", symbol("R", "x") + symbol("R", "y", "replaces = \"x\"")));
  CHECK(registered(sources.linked()) == "R:y");
  sources.push_back(
      source("b.reg.toml", "[[unregister]]\nregistry = \"R\"\noid = \"o\"\ntarget = \"y\"\n"));
  CHECK(registered(sources.linked()) == "R:x");  // what is unregistered replaces nothing
  sources.push_back(
      source("c.reg.toml", "[[unregister]]\nregistry = \"R\"\noid = \"o\"\ntarget = \"no\"\n"));
  Linked linked = sources.linked();
  REQUIRE(linked.findings.size() == 1);
  CHECK(linked.findings[0].diagnostic.severity == Severity::Warning);
}

TEST_CASE("a merge carries the info of the fields that both registries have") {
  Sources sources;
  sources.push_back(source(
      "a.reg.toml", "[registries.A]\nfields = [\"p\", \"q\"]\n[registries.B]\nfields = [\"q\"]\n" +
                        symbol("A", "x", "info = { p = 1, q = 2 }") +
                        "[[merge]]\ninto = \"B\"\nfrom = [\"A\"]\n"));
  Linked linked = sources.linked();
  CHECK(linked.findings.empty());
  CHECK(registered(linked) == "A:x B:x");
  CHECK(linked.symbols[1].line.find(R"("info":{"q":2})") != std::string_view::npos);
}

TEST_CASE("a merge into an oid that has an unconditional symbol is an error, unless forced") {
  std::string symbols = symbol("A", "x") + symbol("B", "y");
  Sources sources;
  sources.push_back(source("a.reg.toml", symbols + "[[merge]]\ninto = \"B\"\nfrom = \"A\"\n"));
  CHECK(sources.linked().findings.size() == 1);
  sources.clear();
  sources.push_back(
      source("a.reg.toml", symbols + "[[merge]]\ninto = \"B\"\nfrom = \"A\"\nforce = true\n"));
  CHECK(registered(sources.linked()) == "A:x B:x");
}

TEST_CASE("info that the registry does not declare is an error with the nearest field") {
  Sources sources;
  sources.push_back(source("a.reg.toml", "[registries.R]\nfields = { device = \"string\" }\n" +
                                             symbol("R", "x", "info = { devise = \"cuda\" }")));
  sources.push_back(source("b.reg.toml", symbol("R", "y", "info = { device = 1 }")));
  Linked linked = sources.linked();
  REQUIRE(linked.findings.size() == 2);
  CHECK(linked.findings[0].diagnostic.hint == "did you mean \"device\"?");
  CHECK(linked.findings[1].diagnostic.message.find("string") != std::string::npos);
  CHECK(registered(linked).empty());
}

TEST_CASE("a predicate that is not defined is an error at the call") {
  Sources sources;
  sources.push_back(source("a.reg.toml", "[predicates]\ngpu = 'device == \"cuda\"'\n" +
                                             symbol("R", "x", "select = 'a & gpuu()'")));
  Linked linked = sources.linked();
  REQUIRE(linked.findings.size() == 1);
  REQUIRE(linked.findings[0].part);
  CHECK(linked.findings[0].part->keys == std::vector<std::string>{"select"});
  CHECK(linked.findings[0].part->of_predicate == ast::PartNumber{ast::PartNumber::Kind::Call, 0});
  CHECK(linked.findings[0].diagnostic.hint == "did you mean \"gpu\"?");
}

TEST_CASE("contradicting declarations are errors with both places, whatever source they stand in") {
  Sources sources;
  sources.push_back(
      source("a.reg.toml",
             "[registries.R]\nfields = { f = \"int\" }\nselect = 'a'\n[predicates]\np = 'a'\n"));
  sources.push_back(
      source("b.reg.toml",
             "[registries.R]\nfields = { f = \"string\" }\nselect = 'b'\n[predicates]\np = 'b'\n"));
  Linked linked = sources.linked();
  REQUIRE(linked.findings.size() == 3);
  for (const auto& [problem, part] : linked.findings) {
    CHECK(problem.place.path == "b.reg.toml");
    CHECK(problem.message.find("a.reg.toml:") != std::string::npos);
  }
}

TEST_CASE("predicates that reach themselves are left out and reported") {
  Sources sources;
  sources.push_back(source("a.reg.toml", "[predicates]\np = 'q()'\nq = 'p()'\nr = 'a'\n"));
  Linked linked = sources.linked();
  CHECK_FALSE(linked.findings.empty());
  CHECK(linked.catalog.predicates.find("r") != nullptr);
  CHECK(linked.catalog.predicates.find("p") == nullptr);
}

TEST_CASE("what `when` leaves out brings no facts to what merges its registry") {
  Sources sources;
  sources.push_back(source(
      "a.reg.toml", "[registries.C.context]\ndevice = \"string\"\n" +
                        symbol("B", "x", "select = 'b > 2 | has(c)'\nwhen = 'build == \"debug\"'") +
                        "[[merge]]\ninto = \"C\"\nfrom = [\"B\"]\n"));
  const Linked without = sources.linked();
  CHECK(context_of(without, "C") == "device:string");
  CHECK(without.catalog.registries.at("C").reads.empty());
  const Linked with = sources.linked({{"build", "debug"}});
  CHECK(context_of(with, "C") == "device:string b:any c:any");
  CHECK(with.catalog.registries.at("C").reads == std::vector<std::string>{"b", "c"});
}

TEST_CASE("the types of facts do not depend on what `when` leaves out before") {
  Sources sources;
  sources.push_back(source("a.reg.toml",
                           "[registries.C.context]\ndevice = \"string\"\n"
                           "[registries.B.context]\nb = \"int\"\n" +
                               symbol("A", "x", "select = 'b'\nwhen = '1 == 2'") +
                               symbol("B", "y", "select = 'b'") +
                               "[[merge]]\ninto = \"C\"\nfrom = [\"A\", \"B\"]\n"));
  CHECK(context_of(sources.linked(), "C") == "device:string b:int");
}

TEST_CASE("a fact that joins a context gives its type to one declared as any") {
  Sources sources;
  sources.push_back(source("a.reg.toml",
                           "[registries.B]\ncontext = [\"cpu\", \"device\"]\n"
                           "[registries.A.context]\ndevice = { type = \"string\", "
                           "values = [\"x\", \"y\"], doc = \"where\" }\n" +
                               symbol("A", "x", "select = 'device == \"x\"'") +
                               "[[merge]]\ninto = \"B\"\nfrom = [\"A\"]\n"));
  const Linked linked = sources.linked();
  CHECK(context_of(linked, "B") == "cpu:any device:string");
  const Fact& device = linked.catalog.registries.at("B").context.at(1);
  CHECK(device.values == std::vector<Json>{"x", "y"});
  CHECK(device.doc == "where");
}

TEST_CASE("a merge that is left out brings no facts") {
  Sources sources;
  sources.push_back(source("a.reg.toml",
                           "[registries.A]\ncontext = [\"cpu\"]\nfields = { rank = \"int\" }\n"
                           "[registries.B]\nfields = { rank = \"string\" }\n" +
                               symbol("B", "x", "select = 'device'") +
                               symbol("C", "y", "select = 'group'") +
                               "[[merge]]\ninto = \"A\"\nfrom = [\"B\", \"C\"]\n"
                               "[[merge]]\ninto = \"C\"\nfrom = [\"A\"]\n"));
  const Linked linked = sources.linked();
  CHECK(linked.findings.size() == 3);  // other types, and a circle from both its ends
  CHECK(context_of(linked, "A") == "cpu:any");
  CHECK(linked.catalog.registries.at("A").reads.empty());
}

TEST_CASE("ten thousand implementations of one oid are registered in order") {
  std::string text;
  for (int i = 0; i < 10'000; ++i) text += symbol("R", "t" + std::to_string(i), conditional);
  Sources sources;
  sources.push_back(source("a.reg.toml", text));
  Linked linked = sources.linked();
  REQUIRE(linked.symbols.size() == 10'000);
  CHECK(linked.symbols[9'999].target == "t9999");
  CHECK(linked.catalog.registries.at("R").symbols == 10'000);
}
