// What other origins publish beside what is declared here.

#include <doctest/doctest.h>
#include <manifest/manifest.h>
#include <rapidcheck.h>
#include <reg/facts.h>
#include <registration/declared_facts.h>
#include <registration/linker.h>
#include <registration/origins.h>
#include <deque>

using namespace reg;

namespace {

std::string path_of(const std::string& origin) { return ".reg/remote/" + origin + ".reg.json"; }

// Local sources and publications; these are written as other manifests, to have them without what
// only a publication has.
class World {
 public:
  World& local(const std::string& path, const std::string& toml) {
    return add(path, read_manifest(toml, path, ManifestFormat::TomlText));
  }
  World& origin(const std::string& name, const std::string& toml) {
    return add(path_of(name), read_manifest(toml, "there.reg.toml", ManifestFormat::TomlText));
  }
  World& local_json(const std::string& path, const Json& json) {
    return add(path, read_manifest(json.dump(), path, ManifestFormat::JsonText));
  }
  World& origin_json(const std::string& name, const Json& json) {
    return add(path_of(name),
               read_manifest(json.dump(), "there.reg.json", ManifestFormat::JsonText));
  }
  // As the reader of publications does: what it puts into the info is in no shape.
  World& without_shape_of_origin() {
    for (InfoShape& shape : sources_.back().declarations.shapes) {
      std::erase_if(shape.fields,
                    [](const auto& field) { return field.first.starts_with("origin"); });
    }
    return *this;
  }

  Linked linked() const {
    std::vector<Source> views;
    for (const Entry& one : sources_)
      views.push_back({one.path, &one.declarations, one.declarations.symbols});
    return link(views, Json::object());
  }
  const std::string& path(std::size_t source) const { return sources_[source].path; }

 private:
  struct Entry {
    std::string path;
    Declarations declarations;
  };

  World& add(const std::string& path, Declarations declarations) {
    REQUIRE_FALSE(declarations.failed());
    sources_.push_back({path, std::move(declarations)});
    return *this;
  }

  std::deque<Entry> sources_;
};

std::string symbol(const std::string& registry, const std::string& target,
                   const std::string& more = {}) {
  return "[[symbols]]\nregistry = '" + registry + "'\noid = 'o'\ntarget = '" + target + "'\n" +
         more + "\n";
}

std::string registered(const Linked& linked) {
  std::string text;
  for (const SymbolRecord& record : linked.symbols) {
    text +=
        (text.empty() ? "" : " ") + std::string(record.registry) + ":" + std::string(record.target);
  }
  return text;
}

std::string said(const Linked& linked) {
  std::string text;
  for (const Finding& found : linked.findings) {
    text += found.diagnostic.severity == Severity::Error ? "error" : "warning";
    text += ' ' + found.diagnostic.place.to_string() + ' ' + found.diagnostic.message + '\n';
  }
  return text;
}

bool has_error(const Linked& linked) {
  return std::any_of(linked.findings.begin(), linked.findings.end(), [](const Finding& found) {
    return found.diagnostic.severity == Severity::Error;
  });
}

}  // namespace

TEST_CASE("the rules of one oid hold within an origin, and local symbols come first") {
  World world;
  world.local("a.reg.toml", symbol("R", "x") + symbol("S", "x"));
  world.origin("one", symbol("R", "x") + symbol("R", "y"));
  world.origin("two", symbol("R", "y"));
  const Linked linked = world.linked();
  CHECK(registered(linked) == "R:x R:x R:y S:x");
  CHECK_FALSE(has_error(linked));
  REQUIRE(linked.findings.size() == 1);
  const Diagnostic& found = linked.findings[0].diagnostic;
  CHECK(found.severity == Severity::Warning);
  CHECK(found.place.path == path_of("one"));
  CHECK(found.message.find("\"one\" publishes \"y\" as R/o") != std::string::npos);
}

TEST_CASE("copies of local symbols come before what others publish, too") {
  World world;
  world.local("a.reg.toml", symbol("A", "x") + "[registries.B]\n[[merge]]\ninto='B'\nfrom=['A']\n");
  world.origin("one", symbol("A", "z") + symbol("B", "y"));
  const Linked linked = world.linked();
  CHECK(said(linked).find("\"z\"") != std::string::npos);  // a second one of that origin
  CHECK(registered(linked) == "A:x A:z B:x B:y");
}

TEST_CASE("force, clear and replaces act on local symbols, unregister on all") {
  World world;
  world.local("a.reg.toml", symbol("R", "x") + symbol("R", "y", "force = true\nreplaces = 'z'"));
  world.origin("one", symbol("R", "z"));
  CHECK(registered(world.linked()) == "R:y R:z");
  CHECK(said(world.linked()).find("nothing to replace") != std::string::npos);
  world.local("b.reg.toml", symbol("R", "w", "clear = true"));
  CHECK(registered(world.linked()) == "R:w R:z");
  world.local("c.reg.toml", "[[unregister]]\nregistry='R'\noid='o'\ntarget='z'\n");
  CHECK(registered(world.linked()) == "R:w");
}

TEST_CASE("unregister takes out a target of all who publish it") {
  World world;
  world.local("a.reg.toml",
              symbol("R", "z") + "[[unregister]]\nregistry='R'\noid='o'\ntarget='z'\n");
  world.origin("one", symbol("R", "z")).origin("two", symbol("R", "z"));
  const Linked linked = world.linked();
  CHECK(registered(linked).empty());
  CHECK(linked.findings.empty());
}

TEST_CASE("what is declared here wins, whatever the order, and many of a kind are one warning") {
  World world;
  world.origin("one", "[registries.R]\nfields = { n = 'string', m = 'int' }\n" +
                          symbol("R", "x", "info = { n = 'text' }\nselect = 'a == 1'") +
                          symbol("R", "y", "info = { n = 'text' }\nselect = 'a == 1'") +
                          symbol("R", "z", "info = { m = 1 }\nselect = 'a == 1'"));
  world.local("b.reg.toml", "[registries.R]\ndoc = 'ours'\nfields = { n = 'int' }\n" +
                                symbol("R", "w", "info = { n = 1 }"));
  const Linked linked = world.linked();
  CHECK_FALSE(has_error(linked));
  CHECK(registered(linked) == "R:w R:z");
  const RegistryInfo& info = linked.catalog.registries.at("R");
  CHECK(info.doc == "ours");
  REQUIRE(info.fields.size() == 2);
  CHECK(info.field("n")->type == FieldType::Int);
  CHECK(info.field("m")->type == FieldType::Int);
  REQUIRE(linked.findings.size() == 2);
  CHECK(said(linked).find("b.reg.toml:3") != std::string::npos);  // where it is declared
  CHECK(said(linked).find("and 1 more like it") != std::string::npos);
  CHECK(linked.dropped.size() == 2);
}

TEST_CASE("the first origin declares a registry that is nobody's here") {
  World world;
  world.origin("one", "[registries.R]\nfields = { n = 'int' }\n" + symbol("R", "x", "info={n=1}"));
  world.origin("two",
               "[registries.R]\nfields = { n = 'string' }\n" + symbol("R", "y", "info={n='t'}"));
  const Linked linked = world.linked();
  CHECK(registered(linked) == "R:x");
  CHECK(linked.catalog.registries.at("R").field("n")->type == FieldType::Int);
  CHECK_FALSE(has_error(linked));
  CHECK(linked.findings.size() == 2);
}

TEST_CASE("facts that others declare are of any type, and none where none are declared") {
  World world;
  const std::string there =
      "[registries.R]\ncontext = { v = 'version', n = 'int' }\n"
      "[registries.S]\ncontext = { v = 'version', n = 'int' }\n" +
      symbol("R", "x", "select = 'v >= \"1.10\"'") + symbol("S", "x", "select = 'n >= 2'");
  world.local("a.reg.toml", "[registries.S]\ncontext = { d = 'string' }\n" +
                                symbol("R", "y", "select = 'v >= \"1.10\"'"));
  world.origin("one", there);
  const Linked linked = world.linked();
  CHECK(registered(linked) == "R:y S:x");
  CHECK(linked.catalog.registries.at("R").context.empty());
  const std::vector<Fact>& facts = linked.catalog.registries.at("S").context;
  REQUIRE(facts.size() == 3);
  CHECK(facts[1].type == FieldType::Any);
  CHECK(facts[2].type == FieldType::Any);
  REQUIRE(linked.findings.size() == 1);
  CHECK(said(linked).find("is a version only there") != std::string::npos);
}

TEST_CASE("a fact in another that an origin declares makes no error of what is given here") {
  World world;
  world.local("a.reg.toml",
              "[registries.R]\ncontext = { d = 'string', 'cpu.n' = 'int' }\n" + symbol("R", "x") +
                  "[registries.M]\ncontext = ['d']\n[[merge]]\ninto='M'\nfrom=['R']\n");
  world.origin("one",
               "[registries.R]\ncontext = { 'arch.x' = 'int', 'arch.y' = 'int', 'cpu.m' = "
               "'int' }\n" +
                   symbol("R", "y", "select = 'arch.x > 1 & cpu.m > 1'"));
  const Linked linked = world.linked();
  for (const char* name : {"R", "M"}) {
    const RegistryInfo& registry = linked.catalog.registries.at(name);
    CHECK(wrong_facts(registry, {{"arch", "x86_64"}}).empty());
  }
  // What is wrong here stays so.
  const RegistryInfo& registry = linked.catalog.registries.at("R");
  CHECK(wrong_facts(registry, {{"cpu", "x86_64"}}).size() == 1);
  CHECK(registry.added == AddedByOthers{0, 4, false});
  CHECK(declared_here(registry).context.size() == 2);
}

TEST_CASE("a text that is no text here is compared with nothing that callers give") {
  World world;
  world.local("a.reg.toml", "[registries.R]\ncontext = { d = 'string' }\n" + symbol("R", "x"));
  const std::string there = "[registries.R]\ncontext = { sm = 'string', d = 'string' }\n";
  world.origin("one", there + symbol("R", "a", "select = 'sm == \"90\"'") +
                          symbol("R", "b", "select = 'sm == \"ninety\" & yes(1)'") +
                          symbol("R", "c", "select = 'sm in [\"a\", \"true\"] & yes(2)'") +
                          symbol("R", "e", "select = 'd == \"90\" & yes(3)'"));
  const Linked linked = world.linked();
  CHECK(registered(linked) == "R:x R:b R:e");
  REQUIRE(linked.findings.size() == 1);
  CHECK(said(linked).find("is a string only there") != std::string::npos);
}

TEST_CASE("what fails to be merged of many is told once") {
  constexpr int many = 20'000;
  std::string there = "[registries.A]\nfields = { n = 'string' }\n";
  for (int i = 0; i < many; ++i)
    there += "[[symbols]]\nregistry = 'A'\noid = 'o" + std::to_string(i) +
             "'\ntarget = 't'\ninfo = { n = 'x' }\n";
  World world;
  world.local("a.reg.toml",
              "[registries.A]\n[registries.B]\nfields = { n = 'int' }\n"
              "[[merge]]\ninto = 'B'\nfrom = ['A']\n");
  world.origin("one", there);
  const Linked linked = world.linked();
  CHECK(linked.symbols.size() == many);
  REQUIRE(linked.findings.size() == 1);
  CHECK(said(linked).find("and 19999 more like it") != std::string::npos);
}

TEST_CASE("what others add to a registry is known as theirs") {
  const std::string there = "[registries.R]\ndoc = 'theirs'\nfields = ['a', 'b']\n" +
                            symbol("R", "y") + "[registries.T]\ndoc = 'theirs'\n" +
                            symbol("T", "y");
  World world;
  world.local("a.reg.toml", "[registries.R]\nfields = ['a']\n" + symbol("R", "x"));
  world.origin("one", there);
  const Linked linked = world.linked();
  const RegistryInfo& registry = linked.catalog.registries.at("R");
  CHECK(registry.fields.size() == 2);
  CHECK(registry.doc == "theirs");
  CHECK(registry.added == AddedByOthers{1, 0, true});
  CHECK(declared_here(registry).fields.size() == 1);
  CHECK(declared_here(registry).doc.empty());
  CHECK(linked.catalog.registries.at("T").added == AddedByOthers());
}

TEST_CASE("a field of no type here does not take another's") {
  World world;
  world.local("a.reg.toml",
              "[registries.R]\nfields = ['n']\n" + symbol("R", "x", "info={n='1.10'}"));
  world.origin("one", "[registries.R]\nfields = { n = 'version' }\n" +
                          symbol("R", "y", "info={n='1.9'}\nselect='self.n <= v'") +
                          symbol("R", "z", "info={n='1.9'}"));
  const Linked linked = world.linked();
  CHECK(linked.catalog.registries.at("R").field("n")->type == FieldType::Any);
  CHECK(registered(linked) == "R:x R:z");
  CHECK(linked.findings.size() == 2);
}

TEST_CASE("a symbol of another origin has its name and its facts") {
  const std::string info = "info = { origin = 'one', 'origin.site' = 'paris', n = 1 }\n";
  const std::string declared = "[registries.R]\nfields = { n = 'int' }\n";
  World world;
  world.local("a.reg.toml", declared + symbol("R", "x", "info = { n = 1 }"));
  world.origin("one", declared + symbol("R", "y", info)).without_shape_of_origin();
  CHECK(registered(world.linked()) == "R:x R:y");
  CHECK(world.linked().findings.empty());
  // Also where each symbol is looked at.
  world
      .origin("two", "[registries.R]\nfields = { n = 'int', m = 'int' }\n" + symbol("R", "z", info))
      .without_shape_of_origin();
  CHECK(registered(world.linked()) == "R:x R:y R:z");
  CHECK(world.linked().findings.empty());
  World local_only;
  local_only.local("a.reg.toml", declared + symbol("R", "x", info));
  CHECK(has_error(local_only.linked()));
}

TEST_CASE("what is merged from is declared here, and what cannot be merged is a warning") {
  World world;
  world.local("a.reg.toml", "[[merge]]\ninto='B'\nfrom=['A']\n").origin("one", symbol("A", "x"));
  CHECK(has_error(world.linked()));
  CHECK(world.linked().findings[0].diagnostic.hint.find("[registries.A]") != std::string::npos);
  World merged;
  merged.local("a.reg.toml",
               "[registries.A]\n[registries.B]\nfields={n='int'}\n"
               "[[merge]]\ninto='B'\nfrom=['A']\n");
  merged.origin("one", "[registries.A]\nfields={n='string'}\n" +
                           symbol("A", "x", "info={n='t'}\nselect='a==1'") + symbol("A", "y"));
  const Linked linked = merged.linked();
  CHECK_FALSE(has_error(linked));
  CHECK(registered(linked) == "A:x A:y B:y");
  CHECK(said(linked).find("cannot be merged into \"B\"") != std::string::npos);
}

TEST_CASE("a registry's own predicate is for all who have none") {
  World world;
  world.local("a.reg.toml", "[registries.R]\nselect = 'a == 1'\n" + symbol("R", "x"));
  world.origin("one", symbol("R", "y") + symbol("R", "z"));
  CHECK(registered(world.linked()) == "R:x R:y R:z");
  CHECK(world.linked().findings.empty());
}

namespace {

std::string one_of(std::vector<std::string> texts) { return *rc::gen::elementOf(std::move(texts)); }

Json random_types(const std::vector<std::string>& names) {
  Json types = Json::object();
  for (const std::string& name : names) {
    if (*rc::gen::inRange(0, 2) == 0) types[name] = one_of({"int", "string", "version", "any"});
  }
  return types;
}

Json random_value() {
  switch (*rc::gen::inRange(0, 4)) {
    case 0:
      return *rc::gen::inRange(0, 3);
    case 1:
      return "1.10";
    case 2:
      return "text";
    default:
      return 2.5;
  }
}

// `is_local`: with what only a local source may have.
Json random_source(bool is_local) {
  Json json = {{"registries", Json::object()}, {"symbols", Json::array()}};
  for (const char* name : {"A", "B"}) {
    if (*rc::gen::inRange(0, 3) == 0) continue;
    json["registries"][name] = {{"fields", random_types({"f", "g"})},
                                {"context", random_types({"c", "d"})}};
    if (is_local && *rc::gen::inRange(0, 4) == 0) json["registries"][name]["select"] = "c == 1";
  }
  for (int i = *rc::gen::inRange(0, 4); i > 0; --i) {
    Json one = {{"registry", one_of({"A", "B"})},
                {"oid", one_of({"o", "p"})},
                {"target", one_of({"x", "y", "z"})}};
    if (*rc::gen::inRange(0, 2) == 0) one["info"][one_of({"f", "g"})] = random_value();
    if (*rc::gen::inRange(0, 4) != 0)
      one["select"] = one_of({"c == 1", "c >= '1.9'", "d >= self.f", "c == self.g & d == 2"});
    if (is_local && *rc::gen::inRange(0, 5) == 0) one["force"] = true;
    if (is_local && *rc::gen::inRange(0, 5) == 0) one["replaces"] = "x";
    json["symbols"].push_back(one);
  }
  if (is_local && *rc::gen::inRange(0, 4) == 0) json["merge"] = {{{"into", "B"}, {"from", {"A"}}}};
  return json;
}

// The lines of some sources, and the errors.
std::string lines_of(const Linked& linked, std::size_t sources) {
  std::string text;
  for (const SymbolRecord& record : linked.symbols) {
    if (record.source < sources) text += std::string(record.line) + '\n';
  }
  for (const Finding& found : linked.findings) {
    if (found.diagnostic.severity == Severity::Error) text += found.diagnostic.message + '\n';
  }
  return text;
}

// What a comparison in the registry depends on, for facts and fields that are declared there.
std::string versions_of_all(const Catalog& catalog, const Catalog& known) {
  std::string text;
  for (const auto& [name, info] : known.registries) {
    const auto now = catalog.registries.find(name);
    if (now == catalog.registries.end()) continue;
    for (const Fact& fact : now->second.context) {
      if (fact.type != FieldType::Any) text += name + ' ' + fact.path + to_string(fact.type) + '\n';
    }
    for (const Field& field : info.fields)
      text += name + ' ' + field.name + to_string(now->second.field(field.name)->type) + '\n';
  }
  return text;
}

}  // namespace

TEST_CASE("no origin changes what local symbols are") {
  std::size_t published = 0;
  CHECK(rc::check("the same with other origins", [&published] {
    World alone, with_others;
    const Json json = random_source(true);
    alone.local_json("a.reg.json", json);
    with_others.local_json("a.reg.json", json);
    for (int i = *rc::gen::inRange(1, 4); i > 0; --i)
      with_others.origin_json("o" + std::to_string(i), random_source(false));
    const Linked one = alone.linked(), other = with_others.linked();
    RC_ASSERT(lines_of(one, 1) == lines_of(other, 1));
    RC_ASSERT(versions_of_all(one.catalog, one.catalog) ==
              versions_of_all(other.catalog, one.catalog));
    published += other.symbols.size() - one.symbols.size();
  }));
  CHECK(published > 0);
}

TEST_CASE("who declares a registry's facts comes before who does not, whatever they are called") {
  const std::string newer =
      "[registries.R.context]\ncuda = 'version'\n" + symbol("R", "x", "select='cuda >= v12.0'");
  for (const std::string other : {"", "[registries.R]\nfields = { n = 'int' }\n"}) {
    World world;
    world.origin("a", other + symbol("R", "y")).origin("b", newer);
    const Linked linked = world.linked();
    CHECK(registered(linked) == "R:y R:x");
    CHECK(linked.findings.empty());
    CHECK(linked.catalog.registries.at("R").context.size() == 1);
    CHECK(linked.catalog.registries.at("R").context[0].type == FieldType::Version);
  }
  // What means something else then is left out.
  World world;
  world.origin("a", symbol("R", "y", "select=\"cuda >= '9'\"")).origin("b", newer);
  CHECK(registered(world.linked()) == "R:x");
}
