#include <doctest/doctest.h>
#include <rapidcheck.h>
#include <reg/query.h>
#include <algorithm>

#include "open_cache.h"

using namespace reg;
using namespace reg_test;

namespace {

using Names = std::vector<std::string>;

// Models whose names, sizes and versions sort differently as texts.
CacheContent models() {
  CacheContent content;
  content.registries = {{"Model",
                         "",
                         {{"family"}, {"params"}, {"driver", FieldType::Version}, {"any"}},
                         std::nullopt,
                         0},
                        {"View", "", {{"driver"}}, std::nullopt, 0}};
  const auto add = [&](const char* oid, Json info) {
    content.symbols.push_back(symbol("Model", oid, std::string("m.") + oid, {}, std::move(info)));
  };
  add("resnet101", {{"family", "resnet"}, {"params", 44.5}, {"driver", "9"}, {"any", "b"}});
  add("resnet18", {{"family", "resnet"}, {"params", 11}, {"driver", "12.10"}, {"any", 2}});
  add("resnet50", {{"family", "resnet"}, {"params", 25}, {"driver", "12.9"}, {"any", {1}}});
  add("vgg16", {{"family", "vgg"}, {"params", 138}, {"any", 10}});
  add("alexnet", {{"any", "a"}});
  content.symbols.push_back(symbol("View", "__hidden", "v.hidden"));
  content.symbols.push_back(symbol("View", "ResNet", "v.ResNet", {}, {{"driver", "x"}}));
  return content;
}

Names oids(const Cache& cache, const SymbolQuery& query) {
  Names found;
  run_query(cache, query, [&](const SymbolView& symbol) { found.push_back(symbol.oid()); });
  return found;
}

template <typename Error, typename Action>
Error caught(Action action) {
  try {
    action();
  } catch (const Error& error) {
    return error;
  }
  throw std::logic_error("nothing was thrown");
}

}  // namespace

TEST_CASE("a query without conditions gives a registry in the cache's order") {
  OpenCache cache(models());
  CHECK(oids(*cache, {.registry = "Model"}) ==
        Names{"alexnet", "resnet101", "resnet18", "resnet50", "vgg16"});
  CHECK_THROWS_AS(oids(*cache, {.registry = "Modle"}), RegistryNotFound);
}

TEST_CASE("globs, a predicate and a limit cut a query down") {
  OpenCache cache(models());
  CHECK(oids(*cache, {.registry = "Model", .filter = {"vgg*", "alex*"}}) ==
        Names{"alexnet", "vgg16"});
  CHECK(oids(*cache, {.registry = "Model", .exclude = {"resnet*"}}) == Names{"alexnet", "vgg16"});
  CHECK(oids(*cache, {.registry = "Model", .where = "params > 12"}) ==
        Names{"resnet101", "resnet50", "vgg16"});
  CHECK(oids(*cache, {.registry = "Model", .where = "params > 12", .limit = 2}) ==
        Names{"resnet101", "resnet50"});
  CHECK(oids(*cache, {.registry = "Model", .limit = 0}).empty());
}

TEST_CASE("all registries together are without private oids") {
  OpenCache cache(models());
  CHECK(oids(*cache, {.filter = {"*e*"}, .exclude = {"*[nN]et*"}}).empty());
  CHECK(oids(*cache, {}).size() == 6);
  CHECK(oids(*cache, {.registry = "View"}).size() == 2);
}

TEST_CASE("texts are sorted naturally, numbers as numbers, versions as versions, null last") {
  OpenCache cache(models());
  const auto sorted_by = [&](Names keys) {
    return oids(*cache, {.registry = "Model", .sort = std::move(keys)});
  };
  CHECK(sorted_by({"oid"}) == Names{"alexnet", "resnet18", "resnet50", "resnet101", "vgg16"});
  CHECK(sorted_by({"-oid"}) == Names{"vgg16", "resnet101", "resnet50", "resnet18", "alexnet"});
  CHECK(sorted_by({"params"}) == Names{"resnet18", "resnet50", "resnet101", "vgg16", "alexnet"});
  CHECK(sorted_by({"driver"}) == Names{"resnet101", "resnet50", "resnet18", "alexnet", "vgg16"});
  CHECK(sorted_by({"any"}) == Names{"resnet18", "vgg16", "alexnet", "resnet101", "resnet50"});
  CHECK(sorted_by({"-any"}) == Names{"resnet50", "resnet101", "alexnet", "vgg16", "resnet18"});
}

TEST_CASE("the first sort key that differs decides, and equals stay in order") {
  OpenCache cache(models());
  const auto sorted_by = [&](Names keys) {
    return oids(*cache, {.registry = "Model", .sort = std::move(keys)});
  };
  CHECK(sorted_by({"family", "-params"}) ==
        Names{"resnet101", "resnet50", "resnet18", "vgg16", "alexnet"});
  CHECK(sorted_by({"-family", "oid"}) ==
        Names{"vgg16", "resnet18", "resnet50", "resnet101", "alexnet"});
  CHECK(sorted_by({"family"}) == Names{"resnet101", "resnet18", "resnet50", "vgg16", "alexnet"});
}

TEST_CASE("an unknown column is an error that names the nearest, wherever it is asked for") {
  OpenCache cache(models());
  const auto sort =
      caught<UsageError>([&] { oids(*cache, {.registry = "Model", .sort = {"-parms"}}); });
  CHECK(std::string(sort.what()) == "there is no field \"parms\"");
  CHECK(sort.hint() == "did you mean \"params\"?");
  const auto where = caught<PredicateError>([&] { oids(*cache, {.where = "famly == 'x'"}); });
  CHECK(std::string(where.what()) == "the registry \"Model\" has no field \"famly\"");
  CHECK(where.hint() == "did you mean \"family\"?");
  CHECK_THROWS_AS(oids(*cache, {.registry = "Model", .where = "params >"}), PredicateError);
}

TEST_CASE("how many match is counted where it is asked for, or known anyway") {
  OpenCache cache(models());
  const auto matched = [&](const SymbolQuery& query, CountMatches count) {
    const QueryOutcome outcome = run_query(
        *cache, query, [](const SymbolView&) {}, count);
    CHECK(outcome.visited <= query.limit.value_or(100));
    return outcome.matched;
  };
  CHECK(matched({.registry = "Model", .limit = 2}, CountMatches::IfFree) == 5);
  CHECK(matched({.registry = "Model", .filter = {"r*"}, .limit = 1}, CountMatches::Always) == 3);
  CHECK(matched({.registry = "Model", .filter = {"r*"}, .limit = 1}, CountMatches::IfFree) ==
        std::nullopt);
  CHECK(matched({.registry = "Model", .filter = {"r*"}}, CountMatches::IfFree) == 3);
  CHECK(matched({.registry = "Model", .sort = {"oid"}, .limit = 1}, CountMatches::IfFree) == 5);
  CHECK(matched({.limit = 1}, CountMatches::Always) == 6);
  CHECK(matched({.limit = 1}, CountMatches::IfFree) == std::nullopt);
  CHECK(matched({.limit = 0}, CountMatches::Always) == 6);
}

TEST_CASE("the only registry that has an oid is found, several are named, none has a hint") {
  OpenCache cache(models());
  CHECK(only_registry_of(*cache, "vgg16") == "Model");
  const auto none = caught<ObjectNotFound>([&] { (void)only_registry_of(*cache, "vgg17"); });
  CHECK(none.hint() == "did you mean \"vgg16\"?");
  OpenCache sample;
  const auto several = caught<UsageError>([&] { (void)only_registry_of(*sample, "gemm"); });
  CHECK(several.hint().ends_with("Kernel, Other"));
}

TEST_CASE("who finds nothing is told what is near, also by case, and what contains it") {
  OpenCache cache(models());
  CHECK(hint_for_oid(*cache, "resNet") == "did you mean \"ResNet\"?");
  CHECK(hint_for_oid(*cache, "net10") == "`reg list --all --filter '*net10*'` has 1");
  CHECK(hint_for_oid(*cache, "Model/vgg16") ==
        "\"vgg16\" is in the registry \"Model\": ask for vgg16 with --registry Model");
  const std::vector<std::string> targets = {"libgemm.so:cublas", "libgemm.so:naive", "py:naive"};
  CHECK(hint_for_target("cublas", targets) == "did you mean \"libgemm.so:cublas\"?");
  CHECK(hint_for_target("naive", targets) == "2 have that in them: libgemm.so:naive, py:naive");
  CHECK(hint_for_target("nothing", targets).empty());
  CHECK(hint_for_oid(*cache, "nothing like it").empty());
  CHECK(hint_for_globs(*cache, {.registry = "Model", .filter = {"resnet"}}) ==
        "\"*resnet*\" would match 3, such as \"resnet101\"");
  CHECK(hint_for_globs(*cache, {.registry = "Model", .filter = {"Vgg16"}}) ==
        "did you mean \"vgg16\"?");
  CHECK(hint_for_globs(*cache, {.registry = "Model", .filter = {"x*"}}).empty());
  // The name is there: something else let nothing through.
  CHECK(hint_for_globs(*cache, {.registry = "Model", .filter = {"vgg16"}}).empty());
  CHECK(hint_for_registry_globs(*cache, {.filter = {"model"}}) == "did you mean \"Model\"?");
}

TEST_CASE("natural order is a total order") {
  CHECK(compare_naturally("a2", "a10") < 0);
  CHECK(compare_naturally("a02b", "a2a") > 0);
  CHECK(compare_naturally("a02", "a2") != 0);
  CHECK(compare_naturally("a", "a1") < 0);
  CHECK(compare_naturally("1" + std::string(40, '0'), "2" + std::string(39, '0')) > 0);
  const auto text = [] {
    return *rc::gen::container<std::string>(rc::gen::element('0', '1', '2', 'a', 'b', '-'));
  };
  const auto sign = [](int order) { return (order > 0) - (order < 0); };
  CHECK(rc::check([&] {
    const std::string a = text(), b = text(), c = text();
    RC_ASSERT(sign(compare_naturally(a, b)) == -sign(compare_naturally(b, a)));
    RC_ASSERT((compare_naturally(a, b) == 0) == (a == b));
    if (compare_naturally(a, b) < 0 && compare_naturally(b, c) < 0)
      RC_ASSERT(compare_naturally(a, c) < 0);
  }));
}
