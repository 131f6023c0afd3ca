#include "store_fixture.h"

#include <doctest/doctest.h>

using namespace reg;
using namespace reg::test;

namespace {

Implementation in_views(const char* target, const char* oid, const char* select) {
  Implementation made = symbol(target, oid, {.select = parse(select)});
  made.symbol.registry = "views";
  return made;
}

}  // namespace

TEST_CASE("registries are created as symbols are registered in them") {
  RegistryStore store;
  CHECK(store.register_symbol(in_views("v.Main", "main", "a")) == Registered::Yes);
  CHECK(store.require_registry("views").contains("main"));
}

TEST_CASE("a symbol goes into all registries that it names, or into others that are asked for") {
  RegistryStore store;
  Implementation one = symbol("v.Main", "main");
  one.registries = {"views", "boxes"};
  store.register_symbol(one);
  CHECK(store.registries_of("main") == Names{"boxes", "views"});
  store.register_symbol(one, {.registries = {"actions"}, .oid = "other"});
  CHECK(store.registries_of("other") == Names{"actions"});
}

TEST_CASE("a symbol that names no registry is an error") {
  RegistryStore store;
  CHECK_THROWS_AS(store.register_symbol(symbol("v.Main", "main")), UsageError);
}

TEST_CASE("several conditional symbols share an oid in the order of their registration") {
  RegistryStore store;
  store.register_symbol(in_views("v.B", "main", "b"));
  store.register_symbol(in_views("v.A", "main", "a"));
  CHECK(targets(store.implementations("views", "main")) == Names{"v.B", "v.A"});
}

TEST_CASE("the same target twice under one oid is an error") {
  RegistryStore store;
  store.register_symbol(in_views("v.A", "main", "a"));
  CHECK_THROWS_AS(store.register_symbol(in_views("v.A", "main", "b")), InputError);
  CHECK(store.register_symbol(in_views("v.A", "second", "a")) == Registered::Yes);
}

TEST_CASE("clear drops what was registered under the oid, and only there") {
  RegistryStore store;
  store.register_symbol(in_views("v.A", "main", "a"));
  store.register_symbol(in_views("v.B", "main", "b"));
  store.register_symbol(in_views("v.C", "other", "c"));
  store.register_symbol(in_views("v.A", "main", "d"), {.clear = Clear::Yes});
  CHECK(targets(store.all_objects("views")) == Names{"v.A", "v.C"});
  CHECK(store.object_by_id("views", "main").select == "d");
}

TEST_CASE("an abstract symbol is not registered, and creates no registry") {
  RegistryStore store;
  Implementation base = in_views("v.Base", "main", "a");
  base.abstract = Abstract::Yes;
  CHECK(store.register_symbol(base) == Registered::Abstract);
  CHECK(store.registries().empty());
}

TEST_CASE("a symbol is registered only if its condition holds for the facts") {
  RegistryStore store;
  Implementation babar = in_views("v.Babar", "main", "a");
  babar.when = parse("'babar_relation' in schema");
  CHECK(store.register_symbol(babar) == Registered::Excluded);
  CHECK(store.registries().empty());
  store.set_facts({{"schema", {"babar_relation"}}});
  CHECK(store.register_symbol(babar) == Registered::Yes);
}

TEST_CASE("a condition that scores 0 or less does not hold") {
  RegistryStore store;
  Implementation babar = in_views("v.Babar", "main", "a");
  babar.when = parse("yes(-1)");
  CHECK(store.register_symbol(babar) == Registered::Excluded);
  CHECK(store.registry("views").register_symbol(babar) == Registered::Excluded);
}

TEST_CASE("what is left out by its condition is checked like the rest") {
  RegistryStore store;
  Implementation babar = in_views("v.Babar", "main", "gpu()");
  babar.when = parse("~true");
  CHECK_THROWS_AS(store.register_symbol(babar), InputError);
  CHECK(store.registries().empty());
  CHECK_THROWS_AS(Registry("views").register_symbol(babar), InputError);
}

TEST_CASE("a symbol is registered in all of its registries, or in none") {
  WarnedStore store;
  store.register_symbol(in_views("v.Old", "main", "a"));
  store.registry("boxes", {.extra_field = {{"depth"}}});
  Implementation one = symbol("v.New", "main", {.info = {{"depth", 1}}});
  one.registries = {"boxes", "views", "new"};
  CHECK_THROWS_AS(store.register_symbol(one), InputError);
  CHECK_THROWS_AS(store.register_and_replace(one, "v.Old"), InputError);
  CHECK_THROWS_AS(store.register_all({in_views("v.Fine", "fine", "a"), one}), InputError);
  CHECK(targets(store.all_objects()) == Names{"v.Old"});
  CHECK(store.get_registry("new") == nullptr);
  CHECK(store.warnings.empty());
}

TEST_CASE("a class is registered all or not at all, registry included") {
  RegistryStore store;
  struct Shape {
    virtual ~Shape() = default;
  };
  struct Round : Shape {};
  CHECK_THROWS_AS((store.register_class<Shape, Round>("shapes", "round", {.info = {{"x", 1}}})),
                  InputError);
  CHECK(store.get_registry("shapes") == nullptr);
  store.register_class<Shape, Round>("shapes", "round");
  store.register_class<Shape, Round>("shapes", "round", {}, {.clear = Clear::Yes});
  CHECK(store.require_registry("shapes").size() == 1);
}

TEST_CASE("what was replaced may come back: a replacement is carried out once") {
  RegistryStore store;
  store.register_and_replace(in_views("v.Celeste", "main", "a"), "v.Babar");
  store.register_symbol(in_views("v.Babar", "main", "b"));
  CHECK(targets(store.all_objects()) == Names{"v.Celeste", "v.Babar"});
}

TEST_CASE("a warning comes when all is done, so that its handler may register") {
  RegistryStore store;
  store.on_warning([&](const Diagnostic&) {
    CHECK(store.require_registry("views").contains("main"));
    store.registry("log").register_module("log.Warned", {}, Force::Yes);
  });
  store.register_and_replace(in_views("v.Celeste", "main", "a"), "v.Babar");
  CHECK(store.unregister("views", "main", "v.None") == Unregistered::NotFound);
  CHECK(store.require_registry("log").size() == 1);
}

TEST_CASE("a condition that calls an undefined predicate is an error") {
  RegistryStore store;
  Implementation babar = in_views("v.Babar", "main", "a");
  babar.when = parse("relation()");
  CHECK_THROWS_AS(store.register_symbol(babar), InputError);
}

TEST_CASE("register_all leaves out abstract symbols and those that it is told to") {
  RegistryStore store;
  Implementation base = in_views("v.Base", "main", "a");
  base.abstract = Abstract::Yes;
  CHECK(store.register_all({base, in_views("v.A", "main", "a"), in_views("v.B", "main", "b")},
                           {"v.B"}) == 1);
  CHECK(targets(store.all_objects()) == Names{"v.A"});
}

TEST_CASE("unregister removes a symbol") {
  RegistryStore store;
  store.register_symbol(in_views("v.A", "main", "a"));
  CHECK(store.unregister("views", "main", "v.A") == Unregistered::Yes);
  CHECK_FALSE(store.require_registry("views").contains("main"));
  CHECK_THROWS_AS(store.select("views", "main", {}), ObjectNotFound);
  CHECK_THROWS_AS(store.object_by_id("views", "main"), ObjectNotFound);
  CHECK(store.size() == 0);
}

TEST_CASE("unregister of what is not there is a warning") {
  WarnedStore store;
  store.registry("views");
  CHECK(store.unregister("views", "main", "v.A") == Unregistered::NotFound);
  CHECK(store.warnings == Names{"nothing to unregister: \"v.A\" is not registered as views/main"});
  CHECK_THROWS_AS(store.unregister("view", "main", "v.A"), RegistryNotFound);
}

TEST_CASE("register_and_replace takes the replaced symbol out first") {
  WarnedStore store;
  store.register_symbol(in_views("v.Babar", "main", "a"));
  CHECK(store.register_and_replace(in_views("v.Celeste", "main", "a"), "v.Babar") ==
        Registered::Yes);
  CHECK(targets(store.all_objects()) == Names{"v.Celeste"});
  CHECK(store.warnings.empty());
}

TEST_CASE("register_and_replace finds the replaced symbol under any oid of the registry") {
  WarnedStore store;
  store.register_symbol(in_views("v.Babar", "king", "a"));
  store.register_and_replace(in_views("v.Celeste", "queen", "a"), "v.Babar");
  CHECK(targets(store.all_objects()) == Names{"v.Celeste"});
  CHECK(store.warnings.empty());
}

TEST_CASE("register_and_replace of what is not there warns, and registers") {
  WarnedStore store;
  store.register_and_replace(in_views("v.Celeste", "main", "a"), "v.Babar");
  CHECK(targets(store.all_objects()) == Names{"v.Celeste"});
  CHECK(store.warnings == Names{"nothing to replace: \"v.Babar\" is not registered in \"views\""});
}

TEST_CASE("register_and_replace that breaks a rule replaces nothing") {
  RegistryStore store;
  store.register_symbol(in_views("v.Babar", "main", "a"));
  store.register_symbol(in_views("v.Celeste", "main", "b"));
  CHECK_THROWS_AS(store.register_and_replace(in_views("v.Celeste", "main", "c"), "v.Babar"),
                  InputError);
  CHECK_THROWS_AS(store.register_and_replace(in_views("v.Babar", "main", "c"), "v.Babar"),
                  InputError);
  CHECK(targets(store.all_objects()) == Names{"v.Babar", "v.Celeste"});
}

TEST_CASE("a locked store ignores registrations and says so") {
  RegistryStore store;
  Registry& views = store.registry("views");
  views.register_module("v.A");
  store.lock_register();
  CHECK(store.register_locked());
  CHECK(views.register_module("v.B") == Registered::Locked);
  CHECK(store.register_symbol(in_views("v.C", "c", "a")) == Registered::Locked);
  CHECK(store.register_and_replace(in_views("v.C", "c", "a"), "v.A") == Registered::Locked);
  CHECK(views.register_all({"v.D"}) == 0);
  CHECK(match(views, {"m", {{"E", "m.E", MemberKind::Class}}}) == 0);
  CHECK(views.unregister("A", "v.A") == Unregistered::Locked);
  CHECK(targets(store.all_objects()) == Names{"v.A"});
  store.unlock_register();
  CHECK(views.register_module("v.B") == Registered::Yes);
}

TEST_CASE("the hook of a symbol is called once, at the end of registration, with its registry") {
  RegistryStore store;
  Names called;
  Implementation one = in_views("v.A", "main", "a");
  one.on_registered = [&](const Registry& registry) { called.push_back(registry.name()); };
  one.registries = {"views", "boxes"};
  store.register_symbol(one);
  CHECK(called.empty());
  store.initialization_completed();
  CHECK(called == Names{"boxes", "views"});
  store.register_symbol(one, {.registries = {"actions"}});
  store.initialization_completed();
  CHECK(called == Names{"boxes", "views", "actions"});
}

TEST_CASE("clear removes all symbols and keeps what is declared") {
  RegistryStore store;
  store.registry("Model", {.extra_field = {{"depth"}}}).register_module("a.X", {{"depth", 1}});
  store.clear();
  CHECK(store.size() == 0);
  CHECK(store.require_registry("Model").extra_field().size() == 1);
}

TEST_CASE("a registry class of one's own may change and refuse newcomers") {
  struct Documented : Registry {
    using Registry::Registry;
    void prepare(Implementation& newcomer) const override {
      if (newcomer.symbol.target == "a.Bad") throw InputError("not here");
      newcomer.symbol.doc = "checked";
    }
  };
  RegistryStore store;
  store.registry_factory(
      "Model", [](const std::string& name) { return std::make_unique<Documented>(name); });
  store.registry("Model").register_module("a.X");
  CHECK(store.object_by_id("Model", "X").doc == "checked");
  CHECK_THROWS_AS(store.registry("Model").register_module("a.Bad"), InputError);
  store.registry("Other").register_all({"a.Bad", "a.Good"});
  CHECK_THROWS_AS(merge(store.registry("Model"), store.registry("Other")), InputError);
  CHECK(store.registry("Model").oids() == Names{"X"});
  store.unregister("Other", "Bad", "a.Bad");
  CHECK(merge(store.registry("Model"), store.registry("Other")) == 1);
  CHECK(store.object_by_id("Model", "Good").doc == "checked");
}

TEST_CASE(
    "a registry class of one's own may give newcomers another oid, also where they are merged") {
  struct Prefixed : Registry {
    using Registry::Registry;
    void prepare(Implementation& newcomer) const override {
      newcomer.symbol.oid = "my." + newcomer.symbol.oid;
      newcomer.symbol.registry = "not mine";
    }
  };
  Registry models("Model");
  models.register_module("nets.ResNet");
  Prefixed mine("Mine");
  CHECK(merge(mine, models) == 1);
  CHECK(merge(mine, models) == 0);
  CHECK(mine.oids() == Names{"my.ResNet"});
  CHECK(mine.object_by_id("my.ResNet").registry == "Mine");
}

TEST_CASE("a registry class of one's own may hold symbols from the start") {
  struct Filled : Registry {
    explicit Filled(std::string name) : Registry(std::move(name)) { register_module("a.X"); }
  };
  RegistryStore store;
  store.registry_factory([](const std::string& name) { return std::make_unique<Filled>(name); });
  Registry& model = store.registry("Model", {.select = parse("big")});
  CHECK(model.register_symbol(symbol("b.X", "X")) == Registered::Yes);
  CHECK(targets(model.implementations("X")) == Names{"a.X", "b.X"});
}
