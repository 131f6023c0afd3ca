#include "store_fixture.h"

#include <doctest/doctest.h>

using namespace reg;
using namespace reg::test;

TEST_CASE("make_global has the symbols of all registries, also those of one name") {
  RegistryStore store;
  store.registry("Model").register_module("nets.ResNet");
  store.registry("Backbone").register_module("timm.ResNet");
  const Registry& all = store.make_global();
  CHECK(all.name() == "__global");
  CHECK(targets(all.implementations("ResNet")) == Names{"timm.ResNet", "nets.ResNet"});
  CHECK(all.implementations("ResNet").front().registry == "Backbone");
}

TEST_CASE("make_global gives the same view each time") {
  RegistryStore store;
  const Registry& all = store.make_global();
  CHECK(&store.make_global() == &all);
  CHECK(store.get_registry("__global") == &all);
}

TEST_CASE("the global view is kept up to date by later registrations and removals") {
  RegistryStore store;
  Registry& model = store.registry("Model");
  const Registry& all = store.make_global();
  model.register_module("nets.ResNet");
  store.registry("Later").register_module("later.Net");
  CHECK(all.oids() == Names{"Net", "ResNet"});
  model.register_module("new.ResNet", {}, Force::Yes);
  CHECK(targets(all.implementations("ResNet")) == Names{"new.ResNet"});
  model.unregister("ResNet", "new.ResNet");
  CHECK(all.oids() == Names{"Net"});
  store.clear();
  CHECK(all.empty());
}

TEST_CASE("private registries and private oids are left out of the global view") {
  RegistryStore store;
  store.registry("__mine").register_module("a.X");
  Registry& model = store.registry("Model");
  model.register_module("a.__hidden");
  const Registry& all = store.make_global();
  CHECK(all.empty());
  model.register_module("b.__also");
  store.registry("__other").register_module("a.Y");
  CHECK(all.empty());
}

TEST_CASE("the global view has the fields and the info of all registries") {
  RegistryStore store;
  store.registry("A", {.extra_field = {{"depth", FieldType::Int}}})
      .register_module("a.X", {{"depth", 3}});
  const Registry& all = store.make_global();
  store.registry("B", {.extra_field = {{"depth", FieldType::String}, {"width"}}})
      .register_module("b.Y", {{"depth", "deep"}, {"width", 1}});
  CHECK(all.get_extra_info("X", "depth") == 3);
  CHECK(all.get_extra_info("Y", "depth") == "deep");
  CHECK(all.get_extra_info("Y", "width") == 1);
}

TEST_CASE("symbols are scored in the global view as in their own registries") {
  RegistryStore store;
  store.registry("A", {.select = parse("big")}).register_module("a.Net");
  store.registry("B").register_module("b.Net");
  const Registry& all = store.make_global();
  CHECK(all.select("Net", {{"big", true}}).winner()->symbol.target == "a.Net");
  CHECK(all.select("Net", {}).winner()->symbol.target == "b.Net");
}

TEST_CASE("nothing is changed through the global view") {
  RegistryStore store;
  store.registry("Model").register_module("a.X");
  store.make_global();
  Registry& all = store.require_registry("__global");
  CHECK_THROWS_AS(all.register_module("b.Y"), UsageError);
  CHECK_THROWS_AS(all.unregister("X", "a.X"), UsageError);
  CHECK_THROWS_AS(all.clear(), UsageError);
  CHECK_THROWS_AS(store.registry("__global"), UsageError);
  CHECK(all.oids() == Names{"X"});
}

TEST_CASE("a registry merges what the global view shows of others") {
  RegistryStore store;
  store.registry("A").register_module("a.X");
  store.registry("B").register_module("b.Y");
  const Registry& all = store.make_global();
  CHECK(merge(store.registry("B"), all) == 1);
  CHECK(all.implementations("X").size() == 2);
  CHECK(merge(store.registry("B"), all) == 0);
}

TEST_CASE("the global view orders by registry, whatever was registered first") {
  RegistryStore store;
  const Registry& all = store.make_global();
  store.registry("B").register_module("b.X");
  store.registry("A").register_module("a.X");
  CHECK(targets(all.implementations("X")) == Names{"a.X", "b.X"});
}

TEST_CASE("the global view has a size, selections, and a dispatcher, like any registry") {
  RegistryStore store;
  store.registry("A").register_all({"a.X", "a.__hidden"});
  store.registry("B", {.select = parse("b")}).register_module("b.X");
  store.registry("__mine").register_module("m.X");
  const Registry& all = store.make_global();
  CHECK(all.size() == 2);
  CHECK_FALSE(all.empty());
  CHECK(all.info().symbols == 2);
  CHECK_FALSE(all.contains("__hidden"));
  CHECK(all.require_implementations("X").back().select == "b");
  CHECK(all.possible_objects({{"b", true}}).front().symbol.target == "b.X");
  const Dispatcher dispatcher = all.dispatcher();
  CHECK(dispatcher.select("X", {{"b", true}})->symbol.target == "b.X");
  CHECK_THROWS_AS(all.object_by_id("X"), SelectAmbiguity);
}

TEST_CASE("the global view goes with its store") {
  RegistryStore store;
  const Registry& all = store.make_global();
  const RegistryStore moved = std::move(store);
  CHECK(moved.get_registry("__global") == &all);
  CHECK(all.empty());
}
