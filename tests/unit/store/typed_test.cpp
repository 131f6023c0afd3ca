// What registries in memory make of declared types: predicates are checked as those of manifests.

#include "store_fixture.h"

#include <doctest/doctest.h>

using namespace reg;
using namespace reg::test;

namespace {

RegistryOptions kernels() {
  return {.extra_field = {{"device", FieldType::String},
                          {"min_sm", FieldType::Int},
                          {"driver", FieldType::Version}},
          .context = {{"device", FieldType::String, {"cpu", "cuda"}},
                      {"sm", FieldType::Int},
                      {"version", FieldType::Version}}};
}

Implementation scored_by(const char* select, const char* target = "lib.so:make") {
  return symbol(target, "gemm", {.select = parse(select)});
}

// What is wrong with a symbol that is scored by `select`; empty: nothing.
std::string wrong_with(const char* select) {
  Registry registry("Kernel", kernels());
  std::string message =
      message_of<InputError>([&] { registry.register_symbol(scored_by(select)); });
  CHECK(registry.empty() == !message.empty());
  return message;
}

std::string paths_and_types(const Registry& registry) {
  std::string text;
  for (const Fact& fact : registry.info().context)
    text += (text.empty() ? "" : " ") + fact.path + ':' + to_string(fact.type);
  return text;
}

}  // namespace

TEST_CASE("a symbol's predicate is checked against what its registry declares") {
  CHECK(wrong_with("device == self.device & sm >= self.min_sm & version >= v12").empty());
  CHECK(wrong_with("self.device >= 80") ==
        "the predicate self.device >= 80 of \"lib.so:make\": self.device >= 80 can never hold: "
        "self.device is string, and 80 is a number");
  CHECK(wrong_with("devise == \"cpu\"") ==
        "the predicate devise == \"cpu\" of \"lib.so:make\": the fact \"devise\" is not in the "
        "context of the registry \"Kernel\"");
  CHECK_FALSE(wrong_with("has(self.max_sm)").empty());
  CHECK_FALSE(wrong_with("device == \"cudda\"").empty());
}

TEST_CASE("all that is wrong in a predicate is said at once, and nothing is registered") {
  Registry registry("Kernel", kernels());
  try {
    registry.register_symbol(scored_by("sm == \"a\" & yes(device) & self.x"));
    FAIL("it was registered");
  } catch (const InputError& error) {
    CHECK(error.diagnostics().size() == 3);
  }
  CHECK(registry.empty());
}

TEST_CASE("a registry's own predicate is checked when it is opened") {
  RegistryOptions options = kernels();
  options.select = parse("sm >= self.device");
  CHECK_THROWS_AS(Registry("Kernel", options), InputError);
  RegistryStore store;
  CHECK(message_of<InputError>([&] {
          store.registry("Kernel", options);
        }).starts_with("the predicate sm >= self.device of the registry \"Kernel\": "));
  CHECK(store.get_registry("Kernel") == nullptr);
}

TEST_CASE("what a registry's own predicate calls may be defined before a symbol needs it") {
  RegistryOptions options = kernels();
  options.select = parse("gpu()");
  RegistryStore store;
  store.registry("Kernel", options);
  CHECK(store.register_symbol(scored_by("sm > 3"), {.registries = {"Kernel"}}) == Registered::Yes);
  auto register_one = [&] {
    store.register_symbol(symbol("lib.so:other", "gemm"), {.registries = {"Kernel"}});
  };
  CHECK(message_of<InputError>(register_one).find("gpu") != std::string::npos);
  PredicateSet named;
  named.define("gpu", {{}, parse("devise == 'cuda'")});
  store.define_predicates(named);
  CHECK(message_of<InputError>(register_one).find("devise") != std::string::npos);
  CHECK(store.size() == 1);
}

TEST_CASE("a fact with the name of a predicate is warned about once, when all is registered") {
  WarnedStore store;
  PredicateSet named;
  named.define("gpu", {{}, parse("device == \"cuda\"")});
  store.define_predicates(named);
  Implementation one = scored_by("gpu", "a.x"), other = scored_by("gpu & b", "a.y");
  one.registries = other.registries = {"R"};
  store.register_all({one, other});
  CHECK(store.warnings == Names{"the predicate gpu of \"a.x\": \"gpu\" is read as a fact, and is "
                                "the name of a predicate"});
}

TEST_CASE("a `when` cannot read a candidate, and a fact that is nearly there is warned about") {
  WarnedStore store;
  store.set_facts({{"build", "release"}});
  Implementation one = symbol("a.x", "o"), other = symbol("a.y", "o");
  one.when = parse("self.f == 1");
  CHECK_THROWS_AS(store.register_symbol(one, {.registries = {"R"}}), InputError);
  other.when = parse("bulid == \"release\"");
  CHECK(store.register_symbol(other, {.registries = {"R"}}) == Registered::Excluded);
  CHECK(store.warnings ==
        Names{"the predicate bulid == \"release\" of \"a.y\": there is no fact \"bulid\""});
}

TEST_CASE("a number for a field or a value of type version is its text") {
  RegistryOptions options = kernels();
  options.context.push_back({"cuda", FieldType::Version, {12, 12.4, "13"}});
  Registry registry("Kernel", options);
  registry.register_module("lib.so:make", {{"driver", 12.4}});
  CHECK(registry.object_by_id("make").info == Json{{"driver", "12.4"}});
  CHECK(registry.info().context.back().values == std::vector<Json>{"12", "12.4", "13"});
  CHECK_THROWS_AS(registry.register_module("lib.so:bad", {{"driver", "new"}}), InputError);
  options.context.back().values.push_back(true);
  CHECK_THROWS_AS(Registry("Kernel", options), InputError);
}

TEST_CASE("facts that copied predicates read join the context, with their types") {
  Registry from("From", kernels());
  from.register_symbol(scored_by("sm >= 90 & version >= v12"));
  Registry into("Into", {.context = {{"sm"}, {"name", FieldType::String}}});
  CHECK(merge(into, from) == 1);
  CHECK(paths_and_types(into) == "sm:int name:string version:version");
  CHECK_THROWS_AS(into.register_symbol(scored_by("sm == \"x\"", "a.b")), InputError);
  Registry any("Any");
  any.register_symbol(scored_by("speed > 1", "a.own"));
  merge(any, from);
  CHECK(paths_and_types(any) == "speed:any sm:int version:version");
  Registry open("Open"), untyped("Untyped");
  open.register_symbol(scored_by("speed > 1", "a.own"));
  merge(untyped, open);
  CHECK(untyped.info().context.empty());
}

TEST_CASE("a merge that fails leaves the context as it was") {
  Registry from("From", kernels());
  from.register_symbol(scored_by("sm >= 90 & version >= v12"));
  Registry into("Into", {.context = {{"sm", FieldType::String}}});
  CHECK_THROWS_AS(merge(into, from), InputError);
  CHECK(paths_and_types(into) == "sm:string");
}

TEST_CASE("copies out of the merged view are written out as their own registry declares") {
  RegistryStore store;
  store.registry("Kernel", kernels());
  Implementation one = scored_by("version >= self.driver");
  one.symbol.info = {{"driver", "12.4"}};
  store.register_symbol(one, {.registries = {"Kernel"}});
  Registry& all = store.registry("All", {.context = {{"name"}}});
  CHECK(merge(all, store.make_global()) == 1);
  CHECK(all.object_by_id("gemm").select == "version >= v12.4");
  CHECK(paths_and_types(all) == "name:any version:version");
}

TEST_CASE("what joins a context in one settling is known to all that is settled with it") {
  RegistryStore store;
  store.registry("From", kernels());
  store.registry("Into", {.context = {{"name"}}});
  Implementation original = scored_by("sm >= 90"), own = scored_by("sm < 90", "a.b");
  original.registries = {"From"};
  own.registries = {"Into"};
  CHECK_THROWS_AS((void)store.settle({.symbols = {{own}}}), InputError);
  (void)store.settle(
      {.symbols = {{own}, {original}}, .merges = {{.into = "Into", .from = {"From"}}}});
  CHECK(store.require_registry("Into").size() == 2);
  CHECK(paths_and_types(store.require_registry("Into")) == "name:any sm:int");
}

TEST_CASE("what is there already needs no copy, even if none could be made") {
  RegistryStore store;
  store.registry("A", {.context = {{"rel", FieldType::Int}}});
  store.registry("B", {.context = {{"rel", FieldType::Version}}});
  Implementation both = symbol("m.a", "a", {.select = parse("rel")});
  both.registries = {"A", "B"};
  (void)store.settle({.symbols = {{both}}, .merges = {{.into = "B", .from = {"A"}}}});
  CHECK(merge(store.registry("B"), store.registry("A")) == 0);
  Implementation other = symbol("m.b", "b", {.select = parse("rel")});
  other.registries = {"A"};
  store.register_symbol(other);
  CHECK_THROWS_AS(merge(store.registry("B"), store.registry("A")), InputError);
}
