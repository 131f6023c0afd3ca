#include "store_fixture.h"

#include <doctest/doctest.h>

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
  CHECK(models.filter({"is_backbone"}) == Names{"ResNet", "ViT"});
  CHECK(models.filter({"is_backbone", "depth"}) == Names{"ResNet"});
}

TEST_CASE("filter takes a callable over the values in the order asked for") {
  Models models;
  auto deep = [](const std::vector<Json>& values) { return values[0] == 2 && values[1].is_null(); };
  CHECK(models.filter({"depth", "is_backbone"}, deep) == Names{"Head"});
}

TEST_CASE("filter by an unknown field is an error") {
  Models models;
  CHECK_THROWS_AS(models.filter({"dept"}), InputError);
}

TEST_CASE("filter lists an oid once if any of its implementations passes") {
  Models models;
  models.register_symbol(
      symbol("timm.ViT", "ViT", {.info = {{"depth", 12}}, .select = parse("timm")}));
  CHECK(models.filter({"depth"}) == Names{"Head", "ResNet", "ViT"});
}

TEST_CASE("module_table lists the registered names, sorted") {
  Models models;
  CHECK(models.module_table() == "Model\n------\nHead\nResNet\nViT\n");
}

TEST_CASE("module_table shows the fields that are asked for, in that order") {
  Models models;
  CHECK(models.module_table({.select_info = {"depth", "is_backbone"}}) ==
        "Model   depth  is_backbone\n"
        "------  -----  -----------\n"
        "Head    2\n"
        "ResNet  50     true\n"
        "ViT     0      true\n");
}

TEST_CASE("module_table takes several patterns as a union") {
  Models models;
  CHECK(models.module_table({.filter = {"Res*", "V*", "none"}}) == "Model\n------\nResNet\nViT\n");
  CHECK(models.module_table({.filter = {"none"}}) == "Model\n-----\n");
}

TEST_CASE("module_table takes a list of names") {
  Models models;
  CHECK(models.module_table({.module_list = {"ViT", "Head", "ViT"}}) ==
        "Model\n-----\nHead\nViT\n");
  CHECK_THROWS_AS(models.module_table({.module_list = {"VGG"}}), ObjectNotFound);
}

TEST_CASE("module_table with an unknown field is an error") {
  Models models;
  CHECK_THROWS_AS(models.module_table({.select_info = {"stride"}}), InputError);
}

TEST_CASE("no control character stands in a table") {
  Registry models("Model", {.extra_field = {{"note"}}});
  models.register_module("a.X", {{"note", "\x1b[2J\nééé"}});
  models.register_module("a.Y", {{"note", {"l", "\t"}}});
  CHECK(models.module_table({.select_info = {"note"}}) ==
        "Model  note\n"
        "-----  ----------------\n"
        "X      \\u001b[2J\\nééé\n"
        "Y      [\"l\",\"\\t\"]\n");
}

TEST_CASE("registry_table lists the registries but private ones, sorted") {
  RegistryStore store;
  store.registry("Model");
  store.registry("Head");
  store.registry("__mine");
  store.make_global();
  CHECK(store.registry_table() == "REGISTRY\n--------\nHead\nModel\n");
}
