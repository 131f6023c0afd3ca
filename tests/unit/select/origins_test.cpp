// The same target from several origins.

#include <doctest/doctest.h>
#include <query/open_cache.h>
#include <reg/columns.h>
#include <reg/difference.h>
#include <reg/dispatcher.h>
#include <reg/fact_uses.h>
#include <reg/query.h>
#include <reg/reasoning.h>
#include <reg/registry_store.h>
#include <reg/selection.h>
#include <reg/shapes.h>
#include <reg/store_cache.h>

namespace reg {
namespace {

using reg_test::CacheContent;
using reg_test::of_origin;
using reg_test::OpenCache;
using reg_test::symbol;

using Names = std::vector<std::string>;

const Json paris = {{"site", "paris"}, {"gpu", {{"count", 8}}}};
const Json rome = {{"site", "rome"}, {"gpu", {{"count", 2}}}};

// `make` is here and at two hosts, `other` at one.
CacheContent fleet(const std::string& select = "yes(1)") {
  CacheContent content;
  content.registries = {{"Kernel", "", {{"rank", FieldType::Int}}, std::nullopt, 0}};
  content.symbols = {
      symbol("Kernel", "gemm", "libk.so:make", select, {{"rank", 1}}),
      of_origin("host-1", symbol("Kernel", "gemm", "libk.so:make", select, {{"rank", 2}}), paris),
      of_origin("host-2", symbol("Kernel", "gemm", "libk.so:make", select, {{"rank", 3}}), rome)};
  return content;
}

CacheContent with_other() {
  CacheContent content = fleet();
  content.symbols.push_back(
      of_origin("host-2", symbol("Kernel", "gemm", "libk.so:other", "yes(1)"), rome));
  return content;
}

std::string named(const Candidate* candidate) {
  return candidate == nullptr ? "" : name_of_implementation(candidate->symbol);
}

Names listed(const Cache& cache, const std::string& where) {
  SymbolQuery query;
  query.registry = "Kernel";
  query.where = where;
  Names names;
  run_query(cache, query, [&](const SymbolView& view) {
    names.push_back(name_of_implementation(view.symbol()));
  });
  return names;
}

}  // namespace

TEST_CASE("of one target from several origins the first wins, and that is no tie") {
  const OpenCache cache(fleet());
  const Selection selection = cache->select("Kernel", "gemm", {});
  CHECK(named(selection.winner()) == "libk.so:make");
  CHECK(selection.tied == 3);
  CHECK_FALSE(selection.ambiguous());
  CHECK_FALSE(selection.tie());
  CHECK(cache->possible_objects("Kernel", {}).ties.empty());
  CHECK(origin_of(cache->object_by_id("Kernel", "gemm")).empty());
  CHECK(cache->verify().empty());
}

TEST_CASE("a tie names each target once") {
  const OpenCache cache(with_other());
  const Selection selection = cache->select("Kernel", "gemm", {});
  REQUIRE(selection.tie());
  CHECK(selection.tie()->targets == Names{"libk.so:make", "libk.so:other"});
  const PossibleObjects possible = cache->possible_objects("Kernel", {});
  REQUIRE(possible.ties.size() == 1);
  CHECK(possible.ties[0].targets == Names{"libk.so:make", "libk.so:other"});
  CHECK_THROWS_AS((void)cache->object_by_id("Kernel", "gemm"), SelectAmbiguity);
}

TEST_CASE("a selection can choose where as well as which") {
  const OpenCache cache(fleet("self.origin.site == site & yes(self.rank) | yes(0.1)"));
  CHECK(named(cache->select("Kernel", "gemm", {{"site", "rome"}}).winner()) ==
        "libk.so:make, from host-2");
  CHECK(named(cache->select("Kernel", "gemm", {}).winner()) == "libk.so:make");
  const Dispatcher dispatcher = cache->dispatcher("Kernel");
  CHECK(origin_of(dispatcher.select("gemm", {{"site", "paris"}})->symbol) == "host-1");
}

TEST_CASE("a pin is on all of its target, and the best of them wins") {
  CacheContent content = with_other();
  content.symbols[1].select = "yes(0.2)";
  content.symbols[2].select = "yes(0.3)";
  content.symbols[0].select = "here";
  content.registries[0].pins = {{"gemm", "libk.so:make", "tried"}};
  const OpenCache cache(content);
  CHECK(named(cache->select("Kernel", "gemm", {}).winner()) == "libk.so:make, from host-2");
  CHECK(named(cache->select("Kernel", "gemm", {{"here", true}}).winner()) == "libk.so:make");
  CHECK(named(&cache->possible_objects("Kernel", {}).winners.at(0)) == "libk.so:make, from host-2");
  const Dispatcher dispatcher = cache->dispatcher("Kernel");
  CHECK(origin_of(dispatcher.select("gemm", {})->symbol) == "host-2");
  CHECK(
      compare_selections(contest_of(*cache, "Kernel", "gemm"), contest_of(*cache, "Kernel", "gemm"))
          .kind == SelectionDifference::Kind::Same);
}

TEST_CASE("conditions on symbols read the origin and its facts") {
  const OpenCache cache(fleet());
  CHECK(listed(*cache, "origin == 'host-2'") == Names{"libk.so:make, from host-2"});
  CHECK(listed(*cache, "origin.site == 'paris'") == Names{"libk.so:make, from host-1"});
  CHECK(listed(*cache, "self.origin.gpu.count < 4 & rank > 1") ==
        Names{"libk.so:make, from host-2"});
  CHECK(listed(*cache, "origin == null") == Names{"libk.so:make"});
  CHECK(listed(*cache, "origin.nothing == 1").empty());
  CHECK_THROWS_AS((void)listed(*cache, "orign == 'host-2'"), InputError);
}

TEST_CASE("a column may be the origin or one of its facts") {
  const OpenCache cache(fleet());
  const std::vector<RegistryInfo> registries = cache->registries();
  const Column origin("origin", registries), site("origin.site", registries),
      count("info.origin.gpu.count", registries);
  const std::vector<Symbol> symbols = cache->implementations("Kernel", "gemm");
  CHECK(origin.value(symbols[0]).is_null());
  CHECK(origin.value(symbols[1]) == "host-1");
  CHECK(site.value(symbols[2]) == "rome");
  CHECK(count.value(symbols[1]) == 8);
  Json counts = Json::array();
  cache->each_symbol("Kernel", [&](const SymbolView& view) {
    counts.push_back(count.value(view));
    return true;
  });
  CHECK(counts == Json{nullptr, 8, 2});
  CHECK_THROWS_AS(Column("orign", registries), UsageError);
}

TEST_CASE("the shape of a symbol has its origin, and the place where that declares it") {
  const OpenCache cache(fleet());
  SymbolShapes shapes(*cache);
  std::vector<Json> all;
  cache->each_symbol("Kernel", [&](const SymbolView& view) {
    std::string copied, parsed;
    shapes.append(copied, view);
    shapes.append(parsed, view.symbol());
    CHECK(copied == parsed);
    all.push_back(Json::parse(copied));
    return true;
  });
  REQUIRE(all.size() == 3);
  CHECK(all[0]["info"] == Json{{"rank", 1}});
  CHECK_FALSE(all[0].contains("declared"));
  CHECK(all[1]["info"]["origin"] == "host-1");
  CHECK(all[1]["info"]["origin.site"] == "paris");
  CHECK(all[1]["source"] == Json{{"path", ".reg/remote/host-1.reg.json"}, {"line", 5}});
  CHECK(all[1]["declared"] == Json{{"path", "a.reg.toml"}, {"line", 3}});
}

TEST_CASE("which facts are asked for is told with the values of the origins") {
  const OpenCache cache(fleet("site == self.origin.site & zone == self.origin"));
  const FactUses uses = fact_uses(*cache, "Kernel", "gemm");
  std::map<std::string, Names> values;
  for (const FactUse& use : uses.facts) {
    for (const FactComparison& one : use.comparisons)
      values[use.fact.path].push_back(to_text(one.value));
  }
  CHECK(values["site"] == Names{"\"paris\"", "\"rome\""});
  CHECK(values["zone"] == Names{"\"host-1\"", "\"host-2\""});
}

TEST_CASE("two caches are compared origin by origin") {
  CacheContent after = fleet();
  after.symbols[2].doc = "changed";
  after.symbols.erase(after.symbols.begin() + 1);
  const OpenCache old(fleet()), now(after);
  const CacheDifference found = compare(*old, *now);
  REQUIRE(found.symbols.size() == 2);
  CHECK(found.symbols[0].kind == ChangeKind::Removed);
  CHECK(found.symbols[0].source.path == ".reg/remote/host-1.reg.json");
  CHECK(found.symbols[1].kind == ChangeKind::Altered);
  CHECK(found.symbols[1].source.path == ".reg/remote/host-2.reg.json");
  CHECK(found.moved.empty());
  CHECK(found.selects_alike());
}

TEST_CASE("another origin's winner is another selection, though its target is the same") {
  CacheContent before = fleet(), after = fleet();
  for (CacheContent* content : {&before, &after}) content->symbols.erase(content->symbols.begin());
  before.symbols[0].select = "yes(2)";
  after.symbols[1].select = "yes(2)";
  const OpenCache old(before), now(after);
  const SelectionDifference found =
      compare_selections(contest_of(*old, "Kernel", "gemm"), contest_of(*now, "Kernel", "gemm"));
  CHECK(found.kind == SelectionDifference::Kind::Changed);
  REQUIRE(found.changes.size() == 1);
  CHECK(found.changes[0].before == "libk.so:make");
  CHECK(found.changes[0].before_origin == "host-1");
  CHECK(found.changes[0].after_origin == "host-2");
  std::string text;
  append_difference(text, compare(*old, *now), {});
  CHECK(text.find("\"before_origin\":\"host-1\",\"after_origin\":\"host-2\"") != std::string::npos);
}

TEST_CASE("an explanation tells whose the winner is") {
  const OpenCache cache(fleet("self.origin.site == site & yes(self.rank) | yes(0.1)"));
  const auto explained = [&](const Context& context) {
    std::string text;
    append_explanation(text, cache->score("Kernel", "gemm", context), nullptr);
    return Json::parse(text);
  };
  CHECK(explained({{"site", "rome"}}).at("winner_origin") == "host-2");
  CHECK_FALSE(explained({}).contains("winner_origin"));
}

TEST_CASE("of several registries that have an oid the workspace's own is meant") {
  CacheContent content = fleet();
  content.registries.push_back({"Other", "", {}, std::nullopt, 0});
  content.symbols.push_back(of_origin("host-1", symbol("Other", "gemm", "x:y"), paris));
  CHECK(only_registry_of(*OpenCache(content), "gemm") == "Kernel");
  content.symbols.push_back(symbol("Third", "gemm", "x:y"));
  content.registries.push_back({"Third", "", {}, std::nullopt, 0});
  const OpenCache two(content);
  CHECK_THROWS_AS((void)only_registry_of(*two, "gemm"), UsageError);
  CacheContent none = fleet();
  none.symbols.erase(none.symbols.begin());
  none.registries.push_back({"Other", "", {}, std::nullopt, 0});
  none.symbols.push_back(of_origin("host-1", symbol("Other", "gemm", "x:y"), paris));
  const OpenCache others(none);
  CHECK_THROWS_AS((void)only_registry_of(*others, "gemm"), UsageError);
}

TEST_CASE("a store loads and dumps what several origins have") {
  const OpenCache cache(with_other());
  RegistryStore store;
  load(store, cache->path());
  const Registry& registry = store.require_registry("Kernel");
  CHECK(registry.all_objects().size() == 4);
  CHECK(named(registry.select("gemm", {}).winner()) == "libk.so:make");
  const reg_test::ScratchFolder folder;
  dump(store, folder / "cache.json");
  const Cache dumped = Cache::open(folder / "cache.json");
  CHECK(dumped.verify().empty());
  CHECK(dumped.implementations("Kernel", "gemm") == cache->implementations("Kernel", "gemm"));
}

TEST_CASE("in a store the rules of an oid hold within each origin") {
  const OpenCache cache(fleet());
  RegistryStore store;
  load(store, cache->path());
  const auto enter = [&](Symbol one) {
    Implementation implementation;
    implementation.symbol = std::move(one);
    (void)store.register_symbol(implementation);
  };
  enter(symbol("Kernel", "gemm", "libk.so:naive"));
  CHECK_THROWS_AS(enter(symbol("Kernel", "gemm", "libk.so:make", "yes(1)")), InputError);
  CHECK_THROWS_AS(enter(symbol("Kernel", "gemm", "libk.so:naive2")), InputError);
  CHECK(store.require_registry("Kernel").all_objects().size() == 4);
  CHECK(store.unregister("Kernel", "gemm", "libk.so:make") == Unregistered::Yes);
  CHECK(store.require_registry("Kernel").all_objects().size() == 1);
}

}  // namespace reg
