#include "store_fixture.h"

#include <doctest/doctest.h>

using namespace reg;
using namespace reg::test;

namespace {

Module optimisers() {
  return {"torch.optim",
          {{"SGD", "torch.optim.sgd.SGD", MemberKind::Class},
           {"Adam", "torch.optim.adam.Adam", MemberKind::Class},
           {"step", "torch.optim.step", MemberKind::Function},
           {"_base", "torch.optim._base", MemberKind::Function},
           {"__all__", "torch.optim.__all__", MemberKind::Class},
           {"rate", "torch.optim.rate", MemberKind::Other}}};
}

}  // namespace

TEST_CASE("merge copies symbols with the info for the fields that both declare") {
  Registry model("Model", {.extra_field = {{"depth"}, {"is_backbone"}}});
  model.register_module("nets.ResNet", {{"depth", 50}, {"is_backbone", true}});
  Registry backbone("Backbone", {.extra_field = {{"is_backbone"}, {"stride"}}});
  CHECK(merge(backbone, model) == 1);
  CHECK(backbone.object_by_id("ResNet").info == Json{{"is_backbone", true}});
  CHECK(backbone.object_by_id("ResNet").registry == "Backbone");
}

TEST_CASE("merge of info of another type than the field's is an error") {
  Registry model("Model", {.extra_field = {{"depth"}}});
  model.register_module("nets.ResNet", {{"depth", "deep"}});
  Registry backbone("Backbone", {.extra_field = {{"depth", FieldType::Int}}});
  CHECK_THROWS_AS(merge(backbone, model), InputError);
  CHECK(backbone.empty());
}

TEST_CASE("merge keeps oids and what scored the symbols") {
  Registry model("Model", {.select = parse("big")});
  model.register_symbol(symbol("nets.ResNet", "net"));
  Registry backbone("Backbone");
  merge(backbone, model);
  CHECK(backbone.object_by_id("net").select == "big");
  CHECK_FALSE(backbone.select_or_none("net", {}).has_value());
}

TEST_CASE("merge of a name that exists is an error, unless forced") {
  Registry model("Model"), backbone("Backbone");
  model.register_module("nets.ResNet");
  backbone.register_module("timm.ResNet");
  CHECK_THROWS_AS(merge(backbone, model), InputError);
  CHECK(merge(backbone, model, Force::Yes) == 1);
  CHECK(backbone.object_by_id("ResNet").target == "nets.ResNet");
}

TEST_CASE("merge takes several registries at once, all or none") {
  Registry a("A"), b("B"), all("All");
  a.register_module("a.X");
  b.register_module("b.Y");
  CHECK(merge(all, {a, b}) == 2);
  CHECK(all.oids() == Names{"X", "Y"});
  Registry c("C"), d("D");
  c.register_module("c.Z");
  d.register_module("d.X");
  CHECK_THROWS_AS(merge(all, {c, d}), InputError);
  CHECK(all.oids() == Names{"X", "Y"});
}

TEST_CASE("merge of a registry into itself is an error that shows the circle") {
  Registry a("A"), b("B");
  a.register_module("a.X");
  b.register_module("b.Y");
  CHECK(message_of<InputError>([&] {
          merge(a, {b, a});
        }) == "registries are merged in a circle: A from A");
  CHECK(a.oids() == Names{"X"});
}

TEST_CASE("merge of what is there already changes nothing, by whatever way it came") {
  RegistryStore store;
  Implementation one = symbol("nets.ResNet", "net");
  one.registries = {"A", "B"};
  store.register_symbol(one);
  Registry &a = store.registry("A"), &b = store.registry("B");
  CHECK(merge(b, a) == 0);
  CHECK(merge(b, a, Force::Yes) == 0);
  Registry left("Left"), right("Right"), last("Last");
  merge(left, a);
  merge(right, a);
  CHECK(merge(last, {left, right}) == 1);
  CHECK(merge(last, {a, b, left}) == 0);
  CHECK(merge(a, last) == 0);
  CHECK(targets(last.all_objects()) == Names{"nets.ResNet"});
}

TEST_CASE("two registrations of one target are two, and clash when they are merged") {
  Registry a("A"), b("B");
  a.register_module("nets.ResNet");
  b.register_module("nets.ResNet");
  CHECK(message_of<InputError>([&] { merge(b, a); }) ==
        "\"nets.ResNet\" is registered twice as B/ResNet, where it is merged from \"A\"; the first "
        "is \"nets.ResNet\"");
}

TEST_CASE("what was merged and taken out again comes back with the next merge") {
  Registry a("A"), b("B");
  a.register_module("nets.ResNet");
  merge(b, a);
  b.unregister("ResNet", "nets.ResNet");
  CHECK(merge(b, a) == 1);
}

TEST_CASE("merge of registries that declare a field with two types is an error, even of none") {
  Registry a("A", {.extra_field = {{"depth", FieldType::Int}}});
  Registry b("B", {.extra_field = {{"depth", FieldType::String}}});
  CHECK(message_of<InputError>([&] { merge(b, a); }) ==
        "the field \"depth\" is int in \"A\" and string in \"B\"");
}

TEST_CASE("all that is wrong with a merge is reported at once") {
  Registry a("A"), b("B");
  a.register_all({"a.X", "a.Y"});
  b.register_all({"b.X", "b.Y"});
  try {
    merge(b, a);
    FAIL("they were merged");
  } catch (const InputError& error) {
    CHECK(error.diagnostics().size() == 2);
  }
}

TEST_CASE("a copy of an unconditional symbol applies always, whatever scores its new registry") {
  Registry model("Model"), backbone("Backbone", {.select = parse("big")});
  model.register_module("nets.ResNet");
  merge(backbone, model);
  CHECK(backbone.object_by_id("ResNet").select == "yes()");
  CHECK(backbone.select("ResNet", {}).winner()->score == 0.5);
}

TEST_CASE("a forced merge gives a copy the place of what it displaces") {
  Registry model("Model"), backbone("Backbone");
  model.register_symbol(symbol("nets.ResNet", "net"));
  backbone.register_symbol(symbol("timm.ResNet", "net"));
  backbone.register_symbol(symbol("timm.Big", "net", {.select = parse("big")}));
  merge(backbone, model, Force::Yes);
  CHECK(targets(backbone.implementations("net")) == Names{"nets.ResNet", "timm.Big"});
}

TEST_CASE("a copy's predicate may only call what is defined where it comes to") {
  RegistryStore store;
  PredicateSet named;
  named.define("gpu", {{}, parse("device == 'cuda'")});
  store.define_predicates(named);
  Registry& kernels = store.registry("Kernel");
  kernels.register_symbol(symbol("k.Gemm", "gemm", {.select = parse("gpu()")}));
  Registry elsewhere("Kernel");
  CHECK_THROWS_AS(merge(elsewhere, kernels), InputError);
  CHECK(merge(store.registry("All"), kernels) == 1);
}

TEST_CASE("a hook is called in every registry that a symbol is merged into") {
  Registry a("A"), b("B");
  Names called;
  a.register_symbol(symbol("a.X", "x", {.on_registered = [&](const Registry& registry) {
                             called.push_back(registry.name());
                           }}));
  a.initialization_completed();
  merge(b, a);
  b.initialization_completed();
  CHECK(called == Names{"A", "B"});
}

TEST_CASE("match registers the functions and classes that do not begin with two underscores") {
  Registry registry("Optimizer");
  CHECK(match(registry, optimisers()) == 4);
  CHECK(registry.oids() == Names{"Adam", "SGD", "_base", "step"});
  CHECK(registry.object_by_id("SGD").target == "torch.optim.sgd.SGD");
}

TEST_CASE("match takes include and exclude patterns over names") {
  Registry registry("Optimizer");
  MatchPatterns patterns{.include = {"[A-Z]*", "_*"}, .exclude = {"_*"}};
  CHECK(match(registry, optimisers(), patterns) == 2);
  CHECK(registry.oids() == Names{"Adam", "SGD"});
}

TEST_CASE("match takes a callable, and registers functions and classes only") {
  Registry registry("Optimizer");
  auto all_of = [](const ModuleMember& member, const Module& module) {
    return member.target.starts_with(module.name) && member.name.size() > 3;
  };
  CHECK(match(registry, optimisers(), all_of) == 4);
  CHECK(registry.oids() == Names{"Adam", "__all__", "_base", "step"});
}

TEST_CASE("match of a name that exists is an error, unless forced") {
  Registry registry("Optimizer");
  registry.register_module("mine.SGD");
  CHECK_THROWS_AS(match(registry, optimisers()), InputError);
  match(registry, optimisers(), MatchPatterns{.include = {"SGD"}}, Force::Yes);
  CHECK(registry.object_by_id("SGD").target == "torch.optim.sgd.SGD");
}

TEST_CASE("match registers all that matches, or nothing") {
  Registry registry("Optimizer");
  registry.register_module("mine.step");
  CHECK_THROWS_AS(match(registry, optimisers()), InputError);
  CHECK(registry.oids() == Names{"step"});
}
