#include "store_fixture.h"

#include <doctest/doctest.h>

using namespace reg;
using namespace reg::test;

TEST_CASE("a registry that is opened again is the same one") {
  WarnedStore store;
  Registry& first = store.registry("Model", {.extra_field = {{"depth"}}});
  CHECK(&store.registry("Model") == &first);
  CHECK(&store.registry("Model", {.extra_field = {{"depth"}}}) == &first);
  CHECK(store.warnings.empty());
}

TEST_CASE("a registry that is opened again with other fields keeps the first, with a warning") {
  WarnedStore store;
  store.registry("Model", {.extra_field = {{"depth"}}});
  Registry& again = store.registry("Model", {.extra_field = {{"width"}}});
  CHECK(again.extra_field() == std::vector<Field>{{"depth"}});
  CHECK(store.warnings == Names{"the registry \"Model\" exists already with another extra_field: "
                                "the new one is ignored"});
}

TEST_CASE("get_registry is the registry of that name, or the default") {
  RegistryStore store;
  Registry& model = store.registry("Model");
  Registry other("Other");
  CHECK(store.get_registry("Model") == &model);
  CHECK(store.get_registry("Head") == nullptr);
  CHECK(store.get_registry("Head", &other) == &other);
  CHECK(std::as_const(store).get_registry("Head", &other) == &other);
}

TEST_CASE("an unknown registry is RegistryNotFound, with the nearest name") {
  RegistryStore store;
  store.registry("Model");
  try {
    (void)store.select("Modle", "x", {});
    FAIL("it was found");
  } catch (const RegistryNotFound& error) {
    CHECK(error.hint() == "did you mean \"Model\"?");
  }
}

TEST_CASE("find looks in all registries, and sees every change at once") {
  RegistryStore store;
  Registry& model = store.registry("Model");
  CHECK(store.find("ResNet").empty());
  model.register_module("nets.ResNet");
  store.registry("Backbone").register_module("timm.ResNet");
  std::vector<Symbol> found = store.find("ResNet");
  REQUIRE(found.size() == 2);
  CHECK(found[0].registry == "Backbone");
  CHECK(found[1].registry == "Model");
  model.unregister("ResNet", "nets.ResNet");
  CHECK(targets(store.find("ResNet")) == Names{"timm.ResNet"});
}

TEST_CASE("private registries are there by name only") {
  RegistryStore store;
  store.registry("__mine").register_module("a.X");
  CHECK(store.find("X").empty());
  CHECK(store.registries().empty());
  CHECK(store.size() == 0);
  REQUIRE(store.get_registry("__mine") != nullptr);
  CHECK(store.get_registry("__mine")->contains("X"));
}

TEST_CASE("a factory makes the registries of one name, and another one all others") {
  RegistryStore store;
  store.registry_factory([](const std::string& name) {
    return std::make_unique<Registry>(name, RegistryOptions{.doc = "common"});
  });
  store.registry_factory("views", [](const std::string& name) {
    return std::make_unique<Registry>(name, RegistryOptions{.select = parse("shown")});
  });
  store.register_symbol(symbol("a.X", "x"), {.registries = {"views", "boxes"}});
  CHECK(store.require_registry("views").info().select == "shown");
  CHECK(store.require_registry("boxes").info().doc == "common");
}

TEST_CASE("a factory that makes another registry, or none, is an error") {
  RegistryStore store;
  store.registry_factory("a", [](const std::string&) { return std::unique_ptr<Registry>(); });
  store.registry_factory("b", [](const std::string&) { return std::make_unique<Registry>("c"); });
  CHECK_THROWS_AS(store.registry("a"), UsageError);
  CHECK_THROWS_AS(store.registry("b"), UsageError);
  CHECK(store.registries().empty());
}

TEST_CASE("named predicates are defined all or none, and called by symbols") {
  RegistryStore store;
  PredicateSet set;
  set.define("gpu", {{}, parse("device in ['cuda', 'rocm']")});
  set.define("at_least", {{"v"}, parse("version >= v")});
  store.define_predicates(set);
  store.register_symbol(symbol("k.Gemm", "gemm", {.select = parse("gpu() & at_least(3)")}),
                        {.registries = {"Kernel"}});
  Context context{{"device", "cuda"}, {"version", 4}};
  CHECK(store.select("Kernel", "gemm", context).winner()->score == 2);
  PredicateSet other;
  other.define("cpu", {{}, parse("device == 'cpu'")});
  other.define("gpu", {{}, parse("true")});
  CHECK_THROWS_AS(store.define_predicates(other), InputError);
  CHECK(store.predicates().find("cpu") == nullptr);
}

TEST_CASE("a named predicate that reaches itself is an error") {
  RegistryStore store;
  PredicateSet set;
  set.define("a", {{}, parse("b()")});
  set.define("b", {{}, parse("a()")});
  CHECK_THROWS_AS(store.define_predicates(set), InputError);
}

TEST_CASE("a store keeps its registries when it is moved") {
  RegistryStore store;
  Registry& model = store.registry("Model");
  RegistryStore moved = std::move(store);
  model.register_module("a.X");
  CHECK(targets(moved.find("X")) == Names{"a.X"});
}
