#include <doctest/doctest.h>
#include <reg/fact_uses.h>
#include <reg/text.h>
#include <algorithm>
#include <stdexcept>

#include "../query/open_cache.h"

namespace reg {
namespace {

using reg_test::CacheContent;
using reg_test::OpenCache;
using reg_test::symbol;
using Texts = std::vector<std::string>;

// `>= 80`, `== v12.0`, `== other`, `has`.
std::string text_of(const FactComparison& one) {
  std::string text = to_string(one.test);
  if (!one.other.empty()) return text + ' ' + one.other;
  if (one.value.is_null() && one.test >= FactTest::Truth) return text;
  return text + (one.is_version ? " v" + value_text(one.value) : ' ' + to_text(one.value));
}

const FactUse& use_of(const FactUses& uses, const std::string& path) {
  for (const FactUse& use : uses.facts) {
    if (use.fact.path == path) return use;
  }
  throw std::logic_error("nobody knows " + path);
}

Texts compared(const FactUses& uses, const std::string& path) {
  Texts texts;
  for (const FactComparison& one : use_of(uses, path).comparisons) texts.push_back(text_of(one));
  return texts;
}

Texts paths_of(const FactUses& uses) {
  Texts paths;
  for (const FactUse& use : uses.facts) paths.push_back(use.fact.path);
  return paths;
}

Symbol at_line(Symbol one, std::uint32_t line) {
  one.source.line = line;
  return one;
}

CacheContent of_symbols(std::vector<Symbol> symbols, RegistryInfo registry = {}) {
  CacheContent content = reg_test::sample_content();
  if (registry.name.empty()) registry.name = "R";
  content.registries = {std::move(registry)};
  content.symbols = std::move(symbols);
  return content;
}

}  // namespace

TEST_CASE("facts are what the predicates of a registry read, named ones written out") {
  const OpenCache cache;
  const FactUses uses = fact_uses(*cache, "Kernel");
  CHECK(uses.candidates == 3);
  CHECK(paths_of(uses) == Texts{"device", "sm"});
  CHECK(compared(uses, "device") == Texts{"== \"cpu\"", "in \"cuda\"", "in \"rocm\""});
  CHECK(compared(uses, "sm") == Texts{">= 80"});
  CHECK(use_of(uses, "device").candidates == 3);
  CHECK(use_of(uses, "device").base == Json("cpu"));
  CHECK(use_of(uses, "device").by_way_of == Texts{"gpu"});
  CHECK(use_of(uses, "sm").by_way_of.empty());
  CHECK_FALSE(use_of(uses, "sm").base);
}

TEST_CASE("of an oid its implementations alone are asked") {
  const OpenCache cache;
  CHECK(paths_of(fact_uses(*cache, "Kernel", "conv")) == Texts{"device"});
  CHECK(fact_uses(*cache, "Kernel", "conv").candidates == 1);
  CHECK(fact_uses(*cache, "Other", "gemm").facts.empty());
  CHECK(compared(fact_uses(*cache, "Other", "grüß\"\\gott"), "user_group") ==
        Texts{"argument \"a\"", "argument \"b\""});
}

TEST_CASE("who is not there is an error that names the nearest") {
  const OpenCache cache;
  const auto hint_for = [&](const std::string& registry, const std::string& oid) {
    try {
      (void)fact_uses(*cache, registry, oid);
    } catch (const RegistryError& error) {
      return std::string(to_string(error.kind())) + ": " + error.hint();
    }
    return std::string("there");
  };
  CHECK(hint_for("Kernl", "").ends_with("did you mean \"Kernel\"?"));
  CHECK(hint_for("Kernel", "gem").ends_with("did you mean \"gemm\"?"));
  CHECK(hint_for("Kernel", "\xff") != "there");
}

TEST_CASE("a declared fact that nobody reads is there, with its declaration") {
  RegistryInfo registry;
  registry.name = "R";
  registry.context = {{"device", FieldType::String, {"cpu", "cuda"}, "where it runs"},
                      {"unread", FieldType::Int}};
  const OpenCache cache(of_symbols({symbol("R", "a", "t", "device == 'cpu' & other")}, registry));
  const FactUses uses = fact_uses(*cache, "R");
  CHECK(paths_of(uses) == Texts{"device", "other", "unread"});
  CHECK(use_of(uses, "device").fact == registry.context[0]);
  CHECK(use_of(uses, "unread").candidates == 0);
  CHECK(use_of(uses, "unread").places.empty());
  CHECK(use_of(uses, "unread").declared);
  CHECK_FALSE(use_of(uses, "other").declared);
}

TEST_CASE("what reads a part of a declared object reads the object, and the other way round") {
  RegistryInfo registry;
  registry.name = "R";
  registry.context = {{"cpu", FieldType::Object}, {"os.name", FieldType::String}};
  const OpenCache cache(of_symbols(
      {symbol("R", "a", "t", "'avx2' in cpu.isa"), symbol("R", "b", "t", "has(os)")}, registry));
  const FactUses uses = fact_uses(*cache, "R");
  CHECK(paths_of(uses) == Texts{"cpu", "cpu.isa", "os", "os.name"});
  CHECK(use_of(uses, "cpu").candidates == 1);
  CHECK(use_of(uses, "cpu.isa").declared);
  CHECK(use_of(uses, "cpu.isa").fact.type == FieldType::Any);
  CHECK(use_of(uses, "os.name").candidates == 1);
  CHECK_FALSE(use_of(uses, "os").declared);
}

TEST_CASE("a field stands for the values that it has, each once, by its type") {
  RegistryInfo registry;
  registry.name = "R";
  registry.fields = {{"driver", FieldType::Version}, {"exts"}, {"limits"}, {"level"}};
  registry.select =
      "version >= self.driver & ext in self.exts & sm < self.limits.sm & self.level in levels";
  const OpenCache cache(of_symbols(
      {symbol("R", "a", "1", {}, {{"driver", "12.10"}, {"exts", {"png", "jpg", nullptr}}}),
       symbol("R", "a", "2", {}, {{"driver", "2.9"}, {"exts", {{"raw", 1}}}, {"level", "high"}}),
       symbol("R", "b", "3", {}, {{"driver", "12.10"}, {"exts", "text"}, {"limits", {{"sm", 9}}}}),
       symbol("R", "b", "4", {}, {{"driver", nullptr}, {"limits", 7}})},
      registry));
  const FactUses uses = fact_uses(*cache, "R");
  CHECK(compared(uses, "version") == Texts{">= v2.9", ">= v12.10"});
  CHECK(compared(uses, "ext") == Texts{"in \"jpg\"", "in \"png\"", "in \"raw\"", "in \"text\""});
  CHECK(compared(uses, "sm") == Texts{"< 9"});
  CHECK(compared(uses, "levels") == Texts{"contains \"high\""});
  CHECK(use_of(uses, "sm").candidates == 4);
}

TEST_CASE("numbers are sorted by value, versions as such, other facts by name") {
  const OpenCache cache(of_symbols({symbol("R", "a", "1", "sm > 100 & sm > 9 & sm == other"),
                                    symbol("R", "a", "2", "sm > 9.5 & v > v12 & v > v2.0"),
                                    symbol("R", "a", "3", "has(sm) & sm == null")}));
  const FactUses uses = fact_uses(*cache, "R");
  CHECK(compared(uses, "sm") == Texts{"== null", "== other", "> 9", "> 9.5", "> 100", "has"});
  CHECK(compared(uses, "v") == Texts{"> v2.0", "> v12"});
  CHECK(compared(uses, "other") == Texts{"== sm"});
}

TEST_CASE("a candidate counts once, however often it asks; the first places are kept") {
  std::vector<Symbol> symbols;
  for (std::uint32_t at = 0; at < 250; ++at) {
    const std::string number = std::to_string(at);
    symbols.push_back(at_line(
        symbol("R", "o" + std::to_string(1000 + at), "t", "a == " + number + " | ~a | b"), at + 1));
  }
  const OpenCache cache(of_symbols(symbols));
  const FactUses uses = fact_uses(*cache, "R", {}, {1000, 100, 3});
  CHECK(use_of(uses, "a").candidates == 250);
  CHECK(use_of(uses, "a").comparisons.size() == 100);
  CHECK(use_of(uses, "a").more_comparisons);
  CHECK_FALSE(use_of(uses, "b").more_comparisons);
  const std::vector<FactUsePlace> first = {
      {{"a.reg.toml", 1, 1}}, {{"a.reg.toml", 2, 1}}, {{"a.reg.toml", 3, 1}}};
  CHECK(use_of(uses, "a").places == first);
  CHECK(use_of(uses, "b").places == first);
  CHECK(fact_uses(*cache, "R", {}, {10, 100, 3}).candidates == 10);
}

TEST_CASE("values of a field beyond the limit are said to be there") {
  std::vector<Symbol> symbols;
  for (int at = 0; at < 20; ++at)
    symbols.push_back(symbol("R", "a", "t" + std::to_string(at), "x == self.x", {{"x", at % 10}}));
  RegistryInfo registry;
  registry.name = "R";
  registry.fields = {{"x"}};
  const OpenCache cache(of_symbols(symbols, registry));
  CHECK_FALSE(use_of(fact_uses(*cache, "R", {}, {100, 10, 1}), "x").more_comparisons);
  CHECK(use_of(fact_uses(*cache, "R", {}, {100, 9, 1}), "x").more_comparisons);
}

TEST_CASE("registries know what they declare and what their predicates read") {
  RegistryInfo one, other;
  one.context = {{"b", FieldType::Int}};
  one.reads = {"b", "c"};
  other.context = {{"b", FieldType::String}, {"a"}};
  const std::vector<Fact> expected = {{"a"}, {"b", FieldType::Int}, {"c"}};
  CHECK(known_facts({one, other}) == expected);
}

TEST_CASE("no more candidates of an oid are looked at than the limit says") {
  const OpenCache cache(
      of_symbols({symbol("R", "o", "a", "sm > 1"), symbol("R", "o", "b", "sm > 2")}));
  FactUseLimits limits;
  limits.candidates = 1;
  const FactUses uses = fact_uses(*cache, "R", "o", limits);
  CHECK(uses.candidates == 1);
  CHECK(compared(uses, "sm") == Texts{"> 1"});
}

TEST_CASE("where a fact is read stands in the order of the sources") {
  const OpenCache cache(of_symbols(
      {at_line(symbol("R", "a", "a", "sm > 1"), 9), at_line(symbol("R", "b", "b", "sm > 1"), 2)}));
  const FactUse use = use_of(fact_uses(*cache, "R"), "sm");
  CHECK(use.places.at(0).place.line == 2);
}

}  // namespace reg
