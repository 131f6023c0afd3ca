#include "store_fixture.h"

#include <doctest/doctest.h>

using namespace reg;
using namespace reg::test;

TEST_CASE("a registry's name is checked, and may be private") {
  CHECK_THROWS_AS(Registry("two words"), InputError);
  CHECK_THROWS_AS(Registry(""), InputError);
  CHECK(Registry("timm.models").name() == "timm.models");
  CHECK(Registry("with-dashes").name() == "with-dashes");
  CHECK(Registry("__mine").name() == "__mine");
}

TEST_CASE("a registry's fields are checked") {
  CHECK_THROWS_AS(Registry("R", {.extra_field = {{"target"}}}), InputError);
  CHECK(message_of<InputError>([] {
          Registry("R", {.extra_field = {{"a"}, {"a"}}});
        }) == "the registry \"R\" declares the field \"a\" twice");
}

TEST_CASE("register_module registers a target under its last component") {
  Registry models("Model");
  CHECK(models.register_module("nets.ResNet") == Registered::Yes);
  CHECK(models.register_module("libgemm.so:make_cublas") == Registered::Yes);
  CHECK(models.oids() == Names{"ResNet", "make_cublas"});
  CHECK(models.object_by_id("ResNet").target == "nets.ResNet");
  CHECK(models.object_by_id("ResNet").registry == "Model");
  CHECK(models.size() == 2);
}

TEST_CASE("a name that exists is an error that names both, unless forced") {
  Registry models("Model");
  models.register_module("nets.ResNet");
  std::string message = message_of<InputError>([&] { models.register_module("timm.ResNet"); });
  CHECK(message ==
        "\"timm.ResNet\" is a second unconditional implementation of Model/ResNet; the first is "
        "\"nets.ResNet\"");
  CHECK(targets(models.implementations("ResNet")) == Names{"nets.ResNet"});
  CHECK(models.register_module("timm.ResNet", {}, Force::Yes) == Registered::Yes);
  CHECK(targets(models.implementations("ResNet")) == Names{"timm.ResNet"});
}

TEST_CASE("the error for a rule that is broken has both places") {
  Registry models("Model");
  Implementation first = symbol("a.X", "x"), second = symbol("b.X", "x");
  first.symbol.source = {"a.py", 3, 1};
  second.symbol.source = {"b.py", 7, 1};
  models.register_symbol(first);
  try {
    models.register_symbol(second);
    FAIL("it was registered");
  } catch (const InputError& error) {
    CHECK(std::string(error.what()).ends_with("the first is \"a.X\" at a.py:3:1"));
    CHECK(error.place() == Place{"b.py", 7, 1});
  }
}

TEST_CASE("extra info for a registry without fields is an error") {
  Registry models("Model");
  CHECK(message_of<InputError>([&] {
          models.register_module("a.X", {{"depth", 3}});
        }) == "the registry \"Model\" declares no fields, but info has \"depth\"");
  CHECK(models.empty());
}

TEST_CASE("extra info under an unknown key is an error") {
  Registry models("Model", {.extra_field = {{"depth"}}});
  CHECK(message_of<InputError>([&] {
          models.register_module("a.X", {{"deep", 3}});
        }) == "the registry \"Model\" has no field \"deep\"");
}

TEST_CASE("extra info of another type than declared is an error") {
  Registry models("Model", {.extra_field = {{"depth", FieldType::Int}}});
  CHECK_THROWS_AS(models.register_module("a.X", {{"depth", "three"}}), InputError);
  CHECK(models.register_module("a.X", {{"depth", 3}}) == Registered::Yes);
}

TEST_CASE("get_extra_info is a field's value, null where none is given") {
  Registry models("Model", {.extra_field = {{"depth"}, {"is_backbone"}}});
  models.register_module("nets.ResNet", {{"is_backbone", true}});
  CHECK(models.get_extra_info("ResNet", "is_backbone") == true);
  CHECK(models.get_extra_info("ResNet", "depth") == nullptr);
}

TEST_CASE("get_extra_info of an unknown field or oid is an error") {
  Registry models("Model", {.extra_field = {{"depth"}}});
  models.register_module("nets.ResNet");
  CHECK_THROWS_AS(models.get_extra_info("ResNet", "dept"), InputError);
  CHECK_THROWS_AS(models.get_extra_info("VGG", "depth"), ObjectNotFound);
}

TEST_CASE("register_all gives each target its info") {
  Registry models("Model", {.extra_field = {{"depth"}}});
  CHECK(models.register_all({"nets.A", "nets.B"}, {{{"depth", 1}}, {{"depth", 2}}}) == 2);
  CHECK(models.get_extra_info("A", "depth") == 1);
  CHECK(models.get_extra_info("B", "depth") == 2);
  CHECK(models.register_all({"nets.C"}) == 1);
}

TEST_CASE("register_all with force takes the place of what is there") {
  Registry models("Model");
  models.register_module("old.A");
  CHECK_THROWS_AS(models.register_all({"new.A"}), InputError);
  CHECK(models.register_all({"new.A"}, {}, Force::Yes) == 1);
  CHECK(models.object_by_id("A").target == "new.A");
}

TEST_CASE("register_all registers all targets, or none") {
  Registry models("Model");
  models.register_module("old.B");
  CHECK_THROWS_AS(models.register_all({"new.A", "new.B", "new.C"}), InputError);
  CHECK(models.oids() == Names{"B"});
  CHECK(models.register_all({"new.A", "newer.A"}, {}, Force::Yes) == 1);
  CHECK(models.object_by_id("A").target == "newer.A");
}

TEST_CASE("all that is wrong with a registration is reported at once") {
  Registry models("Model", {.extra_field = {{"depth", FieldType::Int}}});
  try {
    models.register_symbol(symbol(
        "two words", "x", {.info = {{"depth", "x"}, {"deep", 1}}, .select = parse("gpu()")}));
    FAIL("it was registered");
  } catch (const InputError& error) {
    CHECK(error.diagnostics().size() == 4);
  }
  CHECK(models.empty());
}

TEST_CASE("force takes the place in the order of the first that it displaces") {
  Registry models("Model");
  models.register_symbol(symbol("a.X", "x"));
  models.register_symbol(symbol("a.Y", "x", {.select = parse("y")}));
  models.register_symbol(symbol("a.Z", "x"), {.force = Force::Yes});
  CHECK(targets(models.implementations("x")) == Names{"a.Z", "a.Y"});
}

TEST_CASE("a hundred thousand symbols are found again, whatever oid or target they are under") {
  Registry models("Model");
  for (int i = 0; i < 100'000; ++i) models.register_module("nets.n" + std::to_string(i));
  models.register_and_replace(symbol("new.Net", ""), "nets.n70000");
  CHECK(models.size() == 100'000);
  CHECK_FALSE(models.contains("n70000"));
}

TEST_CASE("register_all with info for another number of targets registers nothing") {
  Registry models("Model", {.extra_field = {{"depth"}}});
  CHECK_THROWS_AS(models.register_all({"nets.A", "nets.B"}, {{{"depth", 1}}}), InputError);
  CHECK(models.empty());
}

TEST_CASE("an unknown oid is ObjectNotFound, with the nearest name") {
  Registry models("Model");
  models.register_module("nets.ResNet");
  CHECK_FALSE(models.contains("ResNot"));
  CHECK(models.implementations("ResNot").empty());
  try {
    models.require_implementations("ResNot");
    FAIL("it was found");
  } catch (const ObjectNotFound& error) {
    CHECK(error.hint() == "did you mean \"ResNet\"?");
  }
}

TEST_CASE("an oid, a target, a doc and a predicate that cannot be are errors") {
  Registry models("Model");
  CHECK_THROWS_AS(models.register_module(""), InputError);
  CHECK_THROWS_AS(models.register_module("two words"), InputError);
  CHECK_THROWS_AS(models.register_symbol(symbol("a.X", "\n")), InputError);
  CHECK_THROWS_AS(models.register_symbol(symbol("a.X", "x", {.doc = "\xFF"})), InputError);
  Implementation broken = symbol("a.X", "x");
  broken.symbol.select = "a &";
  CHECK_THROWS_AS(models.register_symbol(broken), InputError);
  CHECK_THROWS_AS(models.register_symbol(symbol("a.X", "x", {.select = parse("gpu()")})),
                  InputError);
  CHECK_THROWS_AS(models.register_symbol(symbol("a.X", "x", {.info = Json::array()})), InputError);
  CHECK(models.empty());
}

TEST_CASE("a symbol's select text is its predicate") {
  Registry models("Model");
  Implementation one = symbol("a.X", "x");
  one.symbol.select = "a=='b'";
  models.register_symbol(one);
  CHECK(models.object_by_id("x").select == "a == \"b\"");
  CHECK(models.select("x", {{"a", "b"}}).winner()->score == 1);
}

TEST_CASE("a registry tells which facts its predicates read, named predicates written out") {
  RegistryStore store;
  PredicateSet named;
  named.define("fast", {{"cpu"}, parse("cpu.mhz > 1 & wide() & load < 2")});
  named.define("wide", {{}, parse("cpu.wide")});
  named.define("role", {});
  store.define_predicates(named);
  Registry& kernels = store.registry("Kernel", {.select = parse("device == self.device")});
  CHECK(kernels.info().reads == Names{"device"});
  kernels.register_symbol(symbol("k.Fast", "gemm", {.select = parse("fast(host) & role('a')")}));
  kernels.register_symbol(symbol("k.Plain", "gemm"));
  CHECK(kernels.info().reads == Names{"cpu.wide", "device", "host", "load", "role"});
  CHECK(store.make_global().info().reads == kernels.info().reads);
  kernels.clear();
  CHECK(kernels.info().reads == Names{"device"});
}

TEST_CASE("a registry's declared facts are checked, and its versions compared as such") {
  Registry drivers("drivers", {.context = {{"version", FieldType::Version}, {"`a b`.c"}}});
  drivers.register_symbol(symbol("d.New", "open", {.select = parse("version >= '12.10'")}));
  CHECK(drivers.select("open", {{"version", "v12.10.1"}}).winner()->symbol.target == "d.New");
  CHECK_FALSE(drivers.select_or_none("open", {{"version", "2.9"}}));
  const Dispatcher dispatcher = drivers.dispatcher();
  CHECK_FALSE(dispatcher.select("open", {{"version", "2.9"}}));
  CHECK_THROWS_AS(drivers.select("open", {{"version", "new"}}), InputError);
  CHECK_THROWS_AS(Registry("r", {.context = {{"a..b"}}}), InputError);
  CHECK_THROWS_AS(Registry("r", {.context = {{"a"}, {"`a`"}}}), InputError);
  RegistryStore store;
  CHECK(store.registry("r", {.context = {{"a"}}}).info().context == std::vector<Fact>{{"a"}});
}
