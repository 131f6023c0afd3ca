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

Json any_registry() {
  const std::vector<Json> types = {"any", "int", "string"};
  Json declared{{"doc", "some"}, {"fields", Json::object()}};
  for (const char* field : {"f", "g"}) {
    if (!chance(3)) declared["fields"][field] = chance(12) ? any_of(types) : Json("int");
  }
  if (chance(3)) declared["select"] = any_of<std::string>({"dev == self.f", "ready & gpu()"});
  return declared;
}

Json any_symbol() {
  Json symbol{{"registry", any_of(registry_names)}, {"target", any_of(targets_of_symbols)}};
  if (chance(4)) symbol["registry"] = {any_of(registry_names), any_of(registry_names)};
  if (!chance(5)) symbol["oid"] = any_of<std::string>({"o", "p", "q", "r\"é"});
  if (!chance(6))
    symbol["select"] = any_of<std::string>({"x == 1", "has(y)|x", "gpu() & yes(2)", "yes(self.f)",
                                            chance(20) ? "unknown()" : "~gpu()"});
  if (chance(4)) symbol["info"]["f"] = any_of<Json>({1, 2, nullptr, chance(8) ? "text" : Json(3)});
  if (chance(8)) symbol["info"]["g"] = any_of<Json>({0, 7});
  if (chance(5)) symbol["replaces"] = any_of(targets_of_symbols);
  if (chance(5)) symbol["force"] = true;
  if (chance(8)) symbol["clear"] = true;
  if (chance(8)) symbol["when"] = any_of<std::string>({"build == 1", "build == 2", "yes(-1)"});
  if (chance(40)) symbol["when"] = "unknown()";
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
Json any_manifest(bool first) {
  Json manifest{
      {"symbols", Json::array()}, {"merge", Json::array()}, {"unregister", Json::array()}};
  if (first) {
    manifest["predicates"] = {{"gpu", "dev in [1, 2]"}};
    manifest["registries"] = Json::object();
    for (const std::string& name : registry_names) {
      if (!chance(4)) manifest["registries"][name] = any_registry();
    }
  }
  for (std::size_t count = below(5); count > 0; --count)
    manifest["symbols"].push_back(any_symbol());
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

Outcome linked(const std::vector<Json>& manifests) {
  std::deque<Declarations> read;
  std::deque<std::string> paths;
  std::vector<Source> sources;
  Outcome outcome;
  for (const Json& manifest : manifests) {
    paths.push_back("m" + std::to_string(paths.size()) + ".reg.json");
    read.push_back(read_manifest(manifest.dump(), paths.back(), ManifestFormat::JsonText));
    outcome.wrong |= read.back().failed();
    sources.push_back({paths.back(), &read.back(), read.back().symbols});
  }
  const Linked linked = link(sources, facts);
  for (const Diagnostic& found : linked.diagnostics) {
    outcome.wrong |= found.severity == Severity::Error;
    outcome.warnings.push_back(found.message);
  }
  if (outcome.wrong) return {.wrong = true};
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
  for (const auto& [name, text] : manifest.at("predicates").items())
    named.define(name, {{}, Predicate::parse(text.get<std::string>())});
  store.define_predicates(named);
  for (const auto& [name, declared] : manifest.at("registries").items()) {
    RegistryOptions options{.doc = declared.at("doc")};
    for (const auto& [field, type] : declared.at("fields").items())
      options.extra_field.push_back({field, *field_type_from(type.get<std::string>())});
    if (declared.contains("select"))
      options.select = Predicate::parse(declared.at("select").get<std::string>());
    store.registry(name, std::move(options));
  }
}

Registration registration_of(const Json& symbol) {
  Registration made;
  Implementation& one = made.implementation;
  one.symbol.oid = symbol.value("oid", "");
  one.symbol.target = symbol.at("target");
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
    for (const Json& symbol : manifest.at("symbols"))
      all.symbols.push_back(registration_of(symbol));
    for (const Json& merge : manifest.at("merge"))
      all.merges.push_back({merge.at("into"), merge.at("from"),
                            merge.value("force", false) ? Force::Yes : Force::No});
    for (const Json& removal : manifest.at("unregister"))
      all.unregister.push_back({removal.at("registry"), removal.at("oid"), removal.at("target")});
  }
  return all;
}

Outcome settled(const std::vector<Json>& manifests) {
  WarnedStore store;
  store.set_facts(facts);
  open_registries(store, manifests.front());
  const std::vector<RegistryInfo> before = store.registries();
  try {
    (void)store.settle(registrations_of(manifests));
  } catch (const InputError&) {
    RC_ASSERT(store.registries() == before);
    RC_ASSERT(store.warnings.empty());
    return {.wrong = true};
  }
  Outcome outcome{.warnings = store.warnings};
  for (RegistryInfo& registry : store.registries()) outcome.add(std::move(registry));
  for (const Symbol& symbol : store.all_objects())
    outcome.symbols[{symbol.registry, symbol.oid}].push_back(line_of(symbol));
  std::sort(outcome.warnings.begin(), outcome.warnings.end());
  return outcome;
}

}  // namespace

TEST_CASE(
    "what is settled in memory is what the same manifests come to, errors and order included") {
  std::size_t right = 0, wrong = 0, copies = 0;
  CHECK(rc::check("settle is link", [&] {
    for (int worlds = 0; worlds < 100; ++worlds) {
      std::vector<Json> manifests;
      for (std::size_t count = 1 + below(3); count > 0; --count)
        manifests.push_back(any_manifest(manifests.empty()));
      const Outcome expected = linked(manifests);
      const Outcome found = settled(manifests);
      ++(expected.wrong ? wrong : right);
      if (!expected.wrong && !registrations_of(manifests).merges.empty()) ++copies;
      if (agree(found, expected)) continue;
      RC_LOG() << Json(manifests).dump(1);
      RC_LOG() << "wrong: linked " << expected.wrong << ", settled " << found.wrong;
      RC_ASSERT(found.warnings == expected.warnings);
      RC_ASSERT(found.symbols == expected.symbols);
      RC_ASSERT(found.registries == expected.registries);
      RC_ASSERT(found.reads == expected.reads);
    }
  }));
  // Enough of each kind for the comparison to mean something.
  CHECK(right > 3000);
  CHECK(wrong > 1000);
  CHECK(copies > 800);
}
