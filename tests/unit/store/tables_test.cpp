#include "store_fixture.h"

#include <doctest/doctest.h>
#include <sstream>

using namespace reg;
using namespace reg::test;

namespace {

void fill(Registry& models) {
  models.register_module("nets.ResNet", {{"is_backbone", true}, {"depth", 50}});
  models.register_module("nets.ViT", {{"is_backbone", true}, {"depth", 0}});
  models.register_module("nets.Head", {{"depth", 2}});
}

struct Models : Registry {
  Models() : Registry("Model", {.extra_field = {{"is_backbone"}, {"depth"}}}) { fill(*this); }
};

}  // namespace

TEST_CASE("filter lists the oids whose values are all truthy, sorted") {
  Models models;
  CHECK(filter(models, {"is_backbone"}) == Names{"ResNet", "ViT"});
  CHECK(filter(models, {"is_backbone", "depth"}) == Names{"ResNet"});
}

TEST_CASE("filter takes a callable over the values in the order asked for") {
  Models models;
  auto deep = [](const std::vector<Json>& values) { return values[0] == 2 && values[1].is_null(); };
  CHECK(filter(models, {"depth", "is_backbone"}, deep) == Names{"Head"});
}

TEST_CASE("filter by an unknown field is an error") {
  Models models;
  CHECK_THROWS_AS(filter(models, {"dept"}), InputError);
}

TEST_CASE("filter lists an oid once if any of its implementations passes") {
  Models models;
  models.register_symbol(
      symbol("timm.ViT", "ViT", {.info = {{"depth", 12}}, .select = parse("timm")}));
  CHECK(filter(models, {"depth"}) == Names{"Head", "ResNet", "ViT"});
}

TEST_CASE("module_table lists the registered names, sorted") {
  Models models;
  CHECK(module_table(models) == "Model\n------\nHead\nResNet\nViT\n");
}

TEST_CASE("module_table shows the fields that are asked for, in that order") {
  Models models;
  CHECK(module_table(models, {.select_info = {"depth", "is_backbone"}}) ==
        "Model   depth  is_backbone\n"
        "------  -----  -----------\n"
        "Head    2\n"
        "ResNet  50     true\n"
        "ViT     0      true\n");
}

TEST_CASE("module_table takes several patterns as a union") {
  Models models;
  CHECK(module_table(models, {.filter = {"Res*", "V*", "none"}}) == "Model\n------\nResNet\nViT\n");
  CHECK(module_table(models, {.filter = {"none"}}) == "Model\n-----\n");
}

TEST_CASE("module_table takes a list of names") {
  Models models;
  CHECK(module_table(models, {.module_list = {"ViT", "Head", "ViT"}}) ==
        "Model\n-----\nHead\nViT\n");
  CHECK_THROWS_AS(module_table(models, {.module_list = {"VGG"}}), ObjectNotFound);
}

TEST_CASE("module_table with an unknown field is an error") {
  Models models;
  CHECK_THROWS_AS(module_table(models, {.select_info = {"stride"}}), InputError);
}

TEST_CASE("no control character stands in a table") {
  Registry models("Model", {.extra_field = {{"note"}}});
  models.register_module("a.X", {{"note", "\x1b[2J\nééé"}});
  models.register_module("a.Y", {{"note", {"l", "\t"}}});
  CHECK(module_table(models, {.select_info = {"note"}}) ==
        "Model  note\n"
        "-----  --------------\n"
        "X      \\u001b[2J\\nééé\n"
        "Y      [\"l\",\"\\t\"]\n");
}

TEST_CASE("registry_table lists the registries but private ones, sorted") {
  RegistryStore store;
  store.registry("Model");
  store.registry("Head");
  store.registry("__mine");
  store.make_global();
  CHECK(registry_table(store) == "REGISTRY\n--------\nHead\nModel\n");
}

TEST_CASE("a printed registry shows oids and targets") {
  Models models;
  std::ostringstream out;
  out << models;
  CHECK(out.str() ==
        "Model   target\n"
        "------  -----------\n"
        "Head    nets.Head\n"
        "ResNet  nets.ResNet\n"
        "ViT     nets.ViT\n");
}

TEST_CASE("a table of the merged view can say which registry a symbol is from") {
  RegistryStore store;
  store.registry("B").register_module("b.X");
  store.registry("A").register_module("a.X");
  CHECK(module_table(store.make_global(), {.select_info = {"registry", "target"}}) ==
        "__global  registry  target\n"
        "--------  --------  ------\n"
        "X         A         a.X\n"
        "X         B         b.X\n");
}
