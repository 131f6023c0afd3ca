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
  CHECK(backbone.merge(model) == 1);
  CHECK(backbone.object_by_id("ResNet").info == Json{{"is_backbone", true}});
  CHECK(backbone.object_by_id("ResNet").registry == "Backbone");
}

TEST_CASE("merge of info of another type than the field's is an error") {
  Registry model("Model", {.extra_field = {{"depth"}}});
  model.register_module("nets.ResNet", {{"depth", "deep"}});
  Registry backbone("Backbone", {.extra_field = {{"depth", FieldType::Int}}});
  CHECK_THROWS_AS(backbone.merge(model), InputError);
  CHECK(backbone.empty());
}

TEST_CASE("merge keeps oids and what scored the symbols") {
  Registry model("Model", {.select = parse("big")});
  model.register_symbol(symbol("nets.ResNet", "net"));
  Registry backbone("Backbone");
  backbone.merge(model);
  CHECK(backbone.object_by_id("net").select == "big");
  CHECK_FALSE(backbone.select_or_none("net", {}).has_value());
}

TEST_CASE("merge of a name that exists is an error, unless forced") {
  Registry model("Model"), backbone("Backbone");
  model.register_module("nets.ResNet");
  backbone.register_module("timm.ResNet");
  CHECK_THROWS_AS(backbone.merge(model), InputError);
  CHECK(backbone.merge(model, Force::Yes) == 1);
  CHECK(backbone.object_by_id("ResNet").target == "nets.ResNet");
}

TEST_CASE("merge takes several registries at once, and nothing from itself") {
  Registry a("A"), b("B"), all("All");
  a.register_module("a.X");
  b.register_module("b.Y");
  CHECK(all.merge({a, b}) == 2);
  CHECK(all.merge(all) == 0);
  CHECK(all.oids() == Names{"X", "Y"});
}

TEST_CASE("match registers the functions and classes that do not begin with two underscores") {
  Registry registry("Optimizer");
  CHECK(registry.match(optimisers()) == 4);
  CHECK(registry.oids() == Names{"Adam", "SGD", "_base", "step"});
  CHECK(registry.object_by_id("SGD").target == "torch.optim.sgd.SGD");
}

TEST_CASE("match takes include and exclude patterns over names") {
  Registry registry("Optimizer");
  MatchPatterns patterns{.include = {"[A-Z]*", "_*"}, .exclude = {"_*"}};
  CHECK(registry.match(optimisers(), patterns) == 2);
  CHECK(registry.oids() == Names{"Adam", "SGD"});
}

TEST_CASE("match takes a callable, and registers functions and classes only") {
  Registry registry("Optimizer");
  auto all_of = [](const ModuleMember& member, const Module& module) {
    return member.target.starts_with(module.name) && member.name.size() > 3;
  };
  CHECK(registry.match(optimisers(), all_of) == 4);
  CHECK(registry.oids() == Names{"Adam", "__all__", "_base", "step"});
}

TEST_CASE("match of a name that exists is an error, unless forced") {
  Registry registry("Optimizer");
  registry.register_module("mine.SGD");
  CHECK_THROWS_AS(registry.match(optimisers()), InputError);
  registry.match(optimisers(), MatchPatterns{.include = {"SGD"}}, Force::Yes);
  CHECK(registry.object_by_id("SGD").target == "torch.optim.sgd.SGD");
}
