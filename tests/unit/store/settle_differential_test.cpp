// What a workspace's manifests come to, and what `RegistryStore::settle` makes of the same
// registrations: two ways to one result.

#include "store_fixture.h"

#include <doctest/doctest.h>
#include <manifest/manifest.h>
#include <rapidcheck.h>
#include <registration/linker.h>
#include <algorithm>
#include <deque>
#include <map>

using namespace reg;
using namespace reg::test;

namespace {

const Json facts = {{"build", 1}};

std::size_t below(std::size_t bound) { return *rc::gen::inRange<std::size_t>(0, bound); }
bool chance(std::size_t in) { return below(in) == 0; }

template <typename T>
T any_of(const std::vector<T>& all) {
  return all[below(all.size())];
}

const std::vector<std::string> registry_names = {"A", "B", "C", "D", "E"};
const std::vector<std::string> targets_of_symbols = {"m.a", "m.b", "m.c", "m.d", "lib\"é.so:e"};

Json any_fields() {
  static const std::vector<Json> types = {"any", "int", "string", "version"};
  Json fields = Json::object();
  for (const auto& [field, type] : {std::pair("f", "int"), {"g", "int"}, {"v", "version"}}) {
    if (!chance(3)) fields[field] = chance(15) ? any_of(types) : Json(type);
  }
  return fields;
}

Json any_context() {
  static const std::vector<Json> types = {"any", "int", "string", "version"};
  static const std::vector<std::pair<std::string, Json>> facts_with_types = {
      {"x", "int"},      {"y", "any"},       {"dev", {{"type", "int"}, {"values", {1, 2, 3, 7}}}},
      {"ready", "bool"}, {"rel", "version"}, {"names", "list"}};
  Json context = Json::object();
  for (const auto& [fact, type] : facts_with_types) {
    if (!chance(3)) context[fact] = chance(15) ? any_of(types) : chance(8) ? Json("any") : type;
  }
  return context;
}

// A predicate, and the fields and facts without which it is wrong where others are declared.
struct Known {
  std::string text;
  Names fields = {}, facts = {};
};

bool fits(const Known& predicate, const Json& registry) {
  auto has_all = [&](const char* what, const Names& names) {
    if (!registry.contains(what) || registry[what].empty()) return true;
    return std::all_of(names.begin(), names.end(),
                       [&](const std::string& name) { return registry[what].contains(name); });
  };
  return has_all("fields", predicate.fields) && has_all("context", predicate.facts);
}

// Mostly one that fits.
std::string any_of_those(const std::vector<Known>& all, const Json& registry) {
  std::vector<Known> fitting;
  for (const Known& one : all) {
    if (fits(one, registry)) fitting.push_back(one);
  }
  return any_of(fitting.empty() || chance(40) ? all : fitting).text;
}

Json any_registry() {
  Json declared{{"doc", "some"}, {"fields", any_fields()}};
  if (chance(2)) declared["context"] = any_context();
  if (chance(3)) {
    declared["select"] = any_of_those({{"dev == self.f", {"f"}, {"dev"}},
                                       {"ready & gpu()", {}, {"dev", "ready"}},
                                       {"gpu | ready", {}, {"gpu", "ready"}},
                                       {"rel >= self.v", {"v"}, {"rel"}}},
                                      declared);
  }
  return declared;
}

const std::vector<Known>& selects() {
  static const std::vector<Known> all = {
      {"x == 1", {}, {"x"}},
      {"has(y) | x", {}, {"x", "y"}},
      {"gpu() & yes(2)", {}, {"dev"}},
      {"~gpu()", {}, {"dev"}},
      {"gpu | x == 1", {}, {"gpu", "x"}},
      {"yes(self.f)", {"f"}, {}},
      {"yes(2)"},
      {"ready & rel != null", {}, {"ready", "rel"}},
      {"x >= self.f & has(self.g)", {"f", "g"}, {"x"}},
      {"near(self.f) | near(7)", {"f"}, {"x"}},
      {"rel >= v2.1", {}, {"rel"}},
      {"rel >= self.v", {"v"}, {"rel"}},
      {"self.v == v2.10 | self.v < \"2.1\"", {"v"}, {}},
      {"self.v in names | self.v glob \"2*\"", {"v"}, {"names"}},
      {"later(rel) & y != self.g", {"v", "g"}, {"rel", "y"}},
      {"dev == 9 | ready", {}, {"nothing declares 9", "ready"}},
      {"x.y | x == \"one\"", {}, {"nothing declares these", "x"}},
  };
  return all;
}

Json any_info(const Json& registry) {
  Json info = Json::object();
  auto may_have = [&](const char* field) {
    const bool known = registry.contains("fields") && registry["fields"].contains(field);
    return (known || chance(60)) && chance(2);
  };
  if (may_have("f")) info["f"] = any_of<Json>({1, 2, nullptr, chance(15) ? "text" : Json(3)});
  if (may_have("g")) info["g"] = any_of<Json>({0, 7});
  if (may_have("v"))
    info["v"] = any_of<Json>({"2.1", "v2.10", 2, 2.5, nullptr, chance(15) ? "text" : Json("2")});
  return info;
}

Json any_symbol(const Json& registries) {
  const std::string name = any_of(registry_names);
  const Json registry = registries.value(name, Json::object());
  Json symbol{{"registry", name}, {"target", any_of(targets_of_symbols)}};
  if (chance(8)) symbol["registry"] = {name, any_of(registry_names)};
  if (!chance(5)) symbol["oid"] = any_of<std::string>({"o", "p", "q", "r\"é"});
  if (!chance(6))
    symbol["select"] = chance(60) ? std::string("unknown()") : any_of_those(selects(), registry);
  if (Json info = any_info(registry); !info.empty()) symbol["info"] = std::move(info);
  if (chance(5)) symbol["replaces"] = any_of(targets_of_symbols);
  if (chance(5)) symbol["force"] = true;
  if (chance(8)) symbol["clear"] = true;
  if (chance(8))
    symbol["when"] = any_of<std::string>({"build == 1", "build == 2", "yes(-1)", "~biuld"});
  if (chance(40)) symbol["when"] = any_of<std::string>({"unknown()", "self.f == 1"});
  if (chance(15) && symbol["registry"].is_string()) symbol["abstract"] = true;
  return symbol;
}

// Seldom in a circle.
Json any_merge() {
  const std::size_t into = 1 + below(registry_names.size() - 1);
  auto from = [into] { return chance(30) ? any_of(registry_names) : registry_names[below(into)]; };
  Json merge{{"into", registry_names[into]}, {"from", Json::array({from()})}};
  if (chance(3)) merge["from"].push_back(chance(15) ? "Nowhere" : from());
  if (chance(2)) merge["force"] = true;
  return merge;
}

Json any_removal() {
  return {{"registry", any_of(registry_names)},
          {"oid", any_of<std::string>({"o", "p", "q", "a"})},
          {"target", any_of(targets_of_symbols)}};
}

// Few of everything, so that many workspaces have nothing wrong.
Json any_manifest(const Json* first) {
  Json manifest{
      {"symbols", Json::array()}, {"merge", Json::array()}, {"unregister", Json::array()}};
  if (first == nullptr) {
    manifest["predicates"] = {{"gpu", "dev in [1, 2]"},
                              {"near", {{"params", {"p"}}, {"expr", "x == p"}}},
                              {"later", {{"params", {"r"}}, {"expr", "r > self.v"}}}};
    manifest["registries"] = Json::object();
    for (const std::string& name : registry_names) {
      if (!chance(4)) manifest["registries"][name] = any_registry();
    }
  }
  const Json& registries = first == nullptr ? manifest["registries"] : (*first)["registries"];
  for (std::size_t count = below(5); count > 0; --count)
    manifest["symbols"].push_back(any_symbol(registries));
  for (std::size_t count = below(3); count > 0; --count) manifest["merge"].push_back(any_merge());
  if (chance(3)) manifest["unregister"].push_back(any_removal());
  return manifest;
}

// What is settled: all that can be told of it but for places; nothing, if anything is wrong.
struct Outcome {
  bool wrong = false;
  std::vector<RegistryInfo> registries = {};  // without what they read
  std::map<std::string, Names> reads = {};    // by registry
  // By registry and oid; each as a line of text.
  std::map<std::pair<std::string, std::string>, Names> symbols = {};
  Names warnings = {};
  Names errors = {};  // for messages

  void add(RegistryInfo registry) {
    reads[registry.name] = std::exchange(registry.reads, {});
    registries.push_back(std::move(registry));
  }
};

// What is read in memory is what is there; a workspace may name more, but misses none.
bool agree(const Outcome& found, const Outcome& expected) {
  auto names_them = [&](const auto& read) {
    const Names& known = expected.reads.at(read.first);
    return std::includes(known.begin(), known.end(), read.second.begin(), read.second.end());
  };
  return found.wrong == expected.wrong && found.registries == expected.registries &&
         found.symbols == expected.symbols && found.warnings == expected.warnings &&
         std::all_of(found.reads.begin(), found.reads.end(), names_them);
}

std::string line_of(const Symbol& symbol) {
  return symbol.target + ' ' + to_text(symbol.info) + ' ' + symbol.select.value_or("-");
}

Symbol symbol_in(const SymbolRecord& record) {
  const Json line = Json::parse(record.line);
  Symbol symbol{line.at("registry"),
                line.at("oid"),
                line.at("target"),
                line.value("info", Json::object()),
                {},
                {},
                {}};
  if (line.contains("select")) symbol.select = line.at("select");
  return symbol;
}

std::string path_of(std::size_t manifest) { return "m" + std::to_string(manifest) + ".reg.json"; }

Outcome linked(const std::vector<Json>& manifests) {
  std::deque<Declarations> read;
  std::deque<std::string> paths;
  std::vector<Source> sources;
  Outcome outcome;
  for (const Json& manifest : manifests) {
    paths.push_back(path_of(paths.size()));
    read.push_back(read_manifest(manifest.dump(), paths.back(), ManifestFormat::JsonText));
    outcome.wrong |= read.back().failed();
    sources.push_back({paths.back(), &read.back(), read.back().symbols});
  }
  const Linked linked = link(sources, facts);
  for (const auto& [found, part] : linked.findings) {
    const bool is_error = found.severity == Severity::Error;
    outcome.wrong |= is_error;
    (is_error ? outcome.errors : outcome.warnings).push_back(found.message);
  }
  if (outcome.wrong) return {.wrong = true, .errors = outcome.errors};
  for (const auto& [name, info] : linked.catalog.registries) outcome.add(info);
  for (const SymbolRecord& record : linked.symbols) {
    const Symbol symbol = symbol_in(record);
    outcome.symbols[{symbol.registry, symbol.oid}].push_back(line_of(symbol));
  }
  std::sort(outcome.warnings.begin(), outcome.warnings.end());
  return outcome;
}

void open_registries(RegistryStore& store, const Json& manifest) {
  PredicateSet named;
  for (const auto& [name, given] : manifest.at("predicates").items()) {
    const Json& text = given.is_string() ? given : given.at("expr");
    named.define(name, {given.is_string() ? Names() : given.at("params").get<Names>(),
                        Predicate::parse(text.get<std::string>())});
  }
  store.define_predicates(named);
  for (const auto& [name, declared] : manifest.at("registries").items()) {
    RegistryOptions options{.doc = declared.at("doc")};
    for (const auto& [field, type] : declared.at("fields").items())
      options.extra_field.push_back({field, *field_type_from(type.get<std::string>())});
    const Json context = declared.value("context", Json::object());
    for (const auto& [path, type] : context.items()) {
      const Json& name_of_type = type.is_string() ? type : type.at("type");
      Fact fact{path, *field_type_from(name_of_type.get<std::string>())};
      if (type.is_object()) fact.values = type.at("values").get<std::vector<Json>>();
      options.context.push_back(std::move(fact));
    }
    if (declared.contains("select"))
      options.select = Predicate::parse(declared.at("select").get<std::string>());
    store.registry(name, std::move(options));
  }
}

Registration registration_of(const Json& symbol, const std::string& path) {
  Registration made;
  Implementation& one = made.implementation;
  one.symbol.oid = symbol.value("oid", "");
  one.symbol.target = symbol.at("target");
  one.symbol.source.path = path;
  one.symbol.info = symbol.value("info", Json::object());
  if (symbol.contains("select")) one.symbol.select = symbol.at("select");
  if (symbol.contains("when")) one.when = Predicate::parse(symbol.at("when").get<std::string>());
  if (symbol.at("registry").is_array()) {
    one.registries = symbol.at("registry");
  } else {
    one.symbol.registry = symbol.at("registry");
  }
  one.abstract = symbol.value("abstract", false) ? Abstract::Yes : Abstract::No;
  made.options.force = symbol.value("force", false) ? Force::Yes : Force::No;
  made.options.clear = symbol.value("clear", false) ? Clear::Yes : Clear::No;
  made.options.replaces = symbol.value("replaces", "");
  return made;
}

Registrations registrations_of(const std::vector<Json>& manifests) {
  Registrations all;
  for (const Json& manifest : manifests) {
    const std::string path = path_of(static_cast<std::size_t>(&manifest - manifests.data()));
    for (const Json& symbol : manifest.at("symbols"))
      all.symbols.push_back(registration_of(symbol, path));
    for (const Json& merge : manifest.at("merge"))
      all.merges.push_back({merge.at("into"), merge.at("from"),
                            merge.value("force", false) ? Force::Yes : Force::No});
    for (const Json& removal : manifest.at("unregister"))
      all.unregister.push_back({removal.at("registry"), removal.at("oid"), removal.at("target")});
  }
  return all;
}

// In memory, what is said of a predicate begins with the predicate.
std::string without_subject(const std::string& warning) {
  const std::size_t subject = warning.rfind("\": ");
  return subject == std::string::npos ? warning : warning.substr(subject + 3);
}

Outcome settled(const std::vector<Json>& manifests) {
  WarnedStore store;
  store.set_facts(facts);
  try {
    open_registries(store, manifests.front());
  } catch (const InputError& error) {
    return {.wrong = true, .errors = {error.what()}};
  }
  const std::vector<RegistryInfo> before = store.registries();
  const Names warned_before = store.warnings;
  try {
    (void)store.settle(registrations_of(manifests));
  } catch (const InputError& error) {
    RC_ASSERT(store.registries() == before);
    RC_ASSERT(store.warnings == warned_before);
    return {.wrong = true, .errors = {error.what()}};
  }
  Outcome outcome;
  for (const std::string& warning : store.warnings)
    outcome.warnings.push_back(without_subject(warning));
  for (RegistryInfo& registry : store.registries()) outcome.add(std::move(registry));
  for (const Symbol& symbol : store.all_objects())
    outcome.symbols[{symbol.registry, symbol.oid}].push_back(line_of(symbol));
  std::sort(outcome.warnings.begin(), outcome.warnings.end());
  return outcome;
}

// Whether some context has more than is declared.
bool has_joined(const std::vector<RegistryInfo>& registries, const Json& manifest) {
  return std::any_of(registries.begin(), registries.end(), [&](const RegistryInfo& registry) {
    const Json declared = manifest["registries"].value(registry.name, Json::object());
    return registry.context.size() > declared.value("context", Json::object()).size();
  });
}

}  // namespace

TEST_CASE(
    "what is settled in memory is what the same manifests come to, errors and order included") {
  std::size_t right = 0, wrong = 0, copies = 0, joined = 0;
  CHECK(rc::check("settle is link", [&] {
    for (int worlds = 0; worlds < 100; ++worlds) {
      std::vector<Json> manifests;
      for (std::size_t count = 1 + below(3); count > 0; --count)
        manifests.push_back(any_manifest(manifests.empty() ? nullptr : &manifests.front()));
      const Outcome expected = linked(manifests);
      const Outcome found = settled(manifests);
      ++(expected.wrong ? wrong : right);
      if (!expected.wrong && !registrations_of(manifests).merges.empty()) ++copies;
      if (!expected.wrong && has_joined(expected.registries, manifests.front())) ++joined;
      if (agree(found, expected)) continue;
      RC_LOG() << Json(manifests).dump(1);
      for (const std::string& why : expected.errors) RC_LOG() << why << '\n';
      for (const std::string& why : found.errors) RC_LOG() << "in memory: " << why << '\n';
      RC_LOG() << "wrong: linked " << expected.wrong << ", settled " << found.wrong;
      RC_ASSERT(found.wrong == expected.wrong);
      RC_ASSERT(found.warnings == expected.warnings);
      RC_ASSERT(found.symbols == expected.symbols);
      RC_ASSERT(found.registries == expected.registries);
      RC_ASSERT(found.reads == expected.reads);
    }
  }));
  // Enough of each kind for the comparison to mean something.
  CHECK(right > 300);
  CHECK(wrong > 100);
  CHECK(copies > 80);
  CHECK(joined > 6);
}
