#include "store_fixture.h"

#include <doctest/doctest.h>

using namespace reg;
using namespace reg::test;

namespace {

Implementation in(std::vector<std::string> registries, const char* target, const char* oid,
                  ImplementationOptions options = {}) {
  Implementation made = symbol(target, oid, std::move(options));
  made.registries = std::move(registries);
  return made;
}

Registrations symbols(std::vector<Registration> all) { return {.symbols = std::move(all)}; }

Names here(const RegistryStore& store, const char* registry) {
  const Registry* found = store.get_registry(registry);
  return found == nullptr ? Names{"no registry"} : targets(found->all_objects());
}

using Outcome = std::vector<Registered>;

}  // namespace

TEST_CASE("registrations that count together are settled in the order of merges") {
  RegistryStore store;
  const Outcome outcome = store.settle({
      .symbols = {{in({"A"}, "a.X", "x")}, {in({"C"}, "c.Y", "y")}},
      .merges = {{.into = "C", .from = {"B"}}, {.into = "B", .from = {"A"}}},
  });
  CHECK(outcome == Outcome{Registered::Yes, Registered::Yes});
  CHECK(here(store, "B") == Names{"a.X"});
  CHECK(here(store, "C") == Names{"a.X", "c.Y"});
}

TEST_CASE("merges in a circle are an error that shows the circle, and nothing is done") {
  RegistryStore store;
  const Registrations circle{
      .symbols = {{in({"A"}, "a.X", "x")}},
      .merges = {{.into = "A", .from = {"C"}},
                 {.into = "B", .from = {"A"}},
                 {.into = "C", .from = {"B"}}},
  };
  CHECK(message_of<InputError>([&] { (void)store.settle(circle); }) ==
        "registries are merged in a circle: A from C from B from A");
  CHECK(store.registries().empty());
}

TEST_CASE("a merge is from what is there, is named by a symbol, or is merged into") {
  RegistryStore store;
  store.registry("Model");
  const auto merge_from = [&](const char* from) {
    return store.settle(
        {.symbols = {{in({"Left"}, "a.X", "x", {.when = parse("never")})}},
         .merges = {{.into = "All", .from = {from}}, {.into = "Between", .from = {"Model"}}}});
  };
  CHECK(merge_from("Model") == Outcome{Registered::Excluded});
  CHECK(merge_from("Left") == Outcome{Registered::Excluded});
  CHECK(merge_from("Between") == Outcome{Registered::Excluded});
  try {
    (void)merge_from("Modle");
    FAIL("it was merged");
  } catch (const InputError& error) {
    CHECK(std::string(error.what()) == "no registry is named \"Modle\"");
    CHECK(error.hint() == "did you mean \"Model\"?");
  }
  CHECK_THROWS_AS((void)merge_from("__global"), InputError);
}

TEST_CASE("of a chain of replacements the last stays, in whatever order they stand") {
  const Registration a{in({"R"}, "a", "o")};
  const Registration b{in({"R"}, "b", "o"), {.replaces = "a"}};
  const Registration c{in({"R"}, "c", "p"), {.replaces = "b"}};
  for (const std::vector<Registration>& order :
       {std::vector{a, b, c}, std::vector{c, b, a}, std::vector{b, a, c}}) {
    WarnedStore store;
    CHECK(store.settle(symbols(order)).size() == 3);
    CHECK(here(store, "R") == Names{"c"});
    CHECK(store.warnings.empty());
  }
}

TEST_CASE("replacements in a circle are an error") {
  RegistryStore store;
  CHECK(message_of<InputError>([&] {
          (void)store.settle(symbols({{in({"R"}, "a", "o"), {.replaces = "b"}},
                                      {in({"R"}, "b", "p"), {.replaces = "a"}}}));
        }) == "\"a\" replaces \"b\", which replaces it in turn");
  CHECK(message_of<InputError>([&] {
          (void)store.settle(symbols({{in({"R"}, "a", "o"), {.replaces = "a"}}}));
        }) == "\"a\" replaces itself");
}

TEST_CASE("what is unregistered replaces nothing, and may be a copy") {
  WarnedStore store;
  (void)store.settle({
      .symbols = {{in({"A", "B"}, "a", "o")},
                  {in({"A"}, "b", "o", {.select = parse("big")}), {.replaces = "a"}},
                  {in({"C"}, "c", "p")}},
      .merges = {{.into = "B", .from = {"C"}}},
      .unregister = {{.registry = "A", .oid = "o", .target = "b"},
                     {.registry = "B", .oid = "p", .target = "c"},
                     {.registry = "B", .oid = "p", .target = "none"},
                     {.registry = "nowhere", .oid = "p", .target = "c"}},
  });
  CHECK(here(store, "A") == Names{"a"});
  CHECK(here(store, "B") == Names{"a"});
  CHECK(here(store, "nowhere") == Names{"no registry"});
  CHECK(store.warnings == Names{"nothing to unregister: \"c\" is not registered as nowhere/p",
                                "nothing to unregister: \"none\" is not registered as B/p"});
}

TEST_CASE("clear and force act on what came before, and not on copies") {
  RegistryStore store;
  store.registry("Old").register_module("old.X");
  (void)store.settle({
      .symbols = {{in({"R"}, "a", "o")},
                  {in({"R"}, "b", "o"), {.force = Force::Yes}},
                  {in({"R"}, "c", "X", {.select = parse("c")}), {.clear = Clear::Yes}}},
      .merges = {{.into = "R", .from = {"Old"}}},
  });
  CHECK(here(store, "R") == Names{"c", "old.X", "b"});
}

TEST_CASE("a declaration that comes by several ways is one") {
  RegistryStore store;
  (void)store.settle({
      .symbols = {{in({"A", "B"}, "a", "o")}},
      .merges = {{.into = "L", .from = {"A"}},
                 {.into = "R", .from = {"A"}},
                 {.into = "B", .from = {"A", "L", "R"}}},
  });
  CHECK(here(store, "B") == Names{"a"});
}

TEST_CASE("what is registered already was declared before what is settled, and is no newcomer") {
  WarnedStore store;
  Registry& registry = store.registry("R");
  registry.register_symbol(symbol("a", "o", {.select = parse("a")}));
  registry.register_symbol(symbol("b", "p"), {.replaces = "none"});
  store.warnings.clear();
  (void)store.settle(symbols(
      {{in({"R"}, "c", "o", {.select = parse("c")})}, {in({"R"}, "d", "q"), {.replaces = "b"}}}));
  CHECK(here(store, "R") == Names{"a", "c", "d"});
  CHECK(store.warnings.empty());
  CHECK_THROWS_AS((void)store.settle(symbols({{in({"R"}, "a", "o")}})), InputError);
}

TEST_CASE("a merge copies what its registry holds in the end, what it held before included") {
  RegistryStore store;
  store.registry("A").register_all({"a.X", "a.Y", "a.Z"});
  (void)store.settle({
      .symbols = {{in({"A"}, "b.X", "X"), {.force = Force::Yes}}, {in({"A"}, "b.W", "W")}},
      .merges = {{.into = "B", .from = {"A"}}},
      .unregister = {{.registry = "A", .oid = "Y", .target = "a.Y"}},
  });
  CHECK(here(store, "A") == Names{"b.W", "b.X", "a.Z"});
  CHECK(here(store, "B") == Names{"b.W", "b.X", "a.Z"});
}

TEST_CASE("what is settled is done in all registries, or in none") {
  WarnedStore store;
  store.registry("B").register_module("b.X");
  CHECK_THROWS_AS(
      (void)store.settle({.symbols = {{in({"A"}, "a.X", "X"), {.replaces = "none"}}},
                          .merges = {{.into = "B", .from = {"A"}}, {.into = "C", .from = {"A"}}}}),
      InputError);
  CHECK(store.size() == 1);
  CHECK(here(store, "A") == Names{"no registry"});
  CHECK(here(store, "C") == Names{"no registry"});
  CHECK(store.warnings.empty());
}

TEST_CASE("all that is wrong with the symbols is reported at once, each with its place") {
  RegistryStore store;
  Implementation first = in({"R"}, "a", "o", {.info = {{"depth", 1}}});
  Implementation second = in({"R"}, "two words", "o", {.select = parse("gpu()")});
  first.symbol.source = {"a.py", 3, 1};
  second.symbol.source = {"b.py", 5, 1};
  try {
    (void)store.settle(symbols({{first}, {second}}));
    FAIL("it was registered");
  } catch (const InputError& error) {
    REQUIRE(error.diagnostics().size() == 3);
    CHECK(error.place() == Place{"a.py", 3, 1});
    CHECK(error.diagnostics()[1].place == Place{"b.py", 5, 1});
    CHECK(error.diagnostics()[2].message.find("gpu") != std::string::npos);
  }
}

TEST_CASE("an abstract symbol names registries that can be merged from, and may name none") {
  RegistryStore store;
  Implementation base = in({"Loose"}, "a.Base", "x"), nowhere = symbol("a.Root", "x");
  base.abstract = nowhere.abstract = Abstract::Yes;
  const Outcome outcome = store.settle({.symbols = {{base}, {nowhere}, {in({"All"}, "a.X", "x")}},
                                        .merges = {{.into = "All", .from = {"Loose"}}}});
  CHECK(outcome == Outcome{Registered::Abstract, Registered::Abstract, Registered::Yes});
  CHECK(here(store, "Loose") == Names{"no registry"});
  CHECK(here(store, "All") == Names{"a.X"});
}

TEST_CASE("abstract and excluded symbols make no registry, and excluded ones are checked") {
  RegistryStore store;
  Implementation base = in({"R"}, "two words", "o");
  base.abstract = Abstract::Yes;
  const Outcome outcome =
      store.settle(symbols({{base}, {in({"R"}, "b", "o", {.when = parse("~true")})}}));
  CHECK(outcome == Outcome{Registered::Abstract, Registered::Excluded});
  CHECK(store.registries().empty());
  const Implementation wrong = in({"R"}, "b", "o", {.info = {{"x", 1}}, .when = parse("~true")});
  CHECK_THROWS_AS((void)store.settle(symbols({{wrong}})), InputError);
}

TEST_CASE("a registry that is named twice for a symbol is an error") {
  RegistryStore store;
  CHECK(message_of<InputError>([&] {
          store.register_symbol(in({"R", "R"}, "a", "o"), {.force = Force::Yes});
        }) == "\"R\" is named twice for \"a\"");
}

TEST_CASE("a locked store settles nothing, and says so") {
  RegistryStore store;
  store.lock_register();
  CHECK(store.settle(symbols({{in({"R"}, "a", "o")}, {in({"R"}, "a", "o")}})) ==
        Outcome{Registered::Locked, Registered::Locked});
  CHECK(store.registries().empty());
}

TEST_CASE("the merged view takes no part in what is settled") {
  RegistryStore store;
  store.make_global();
  CHECK_THROWS_AS((void)store.settle(symbols({{in({"__global"}, "a", "o")}})), UsageError);
  CHECK_THROWS_AS((void)store.settle({.merges = {{.into = "__global", .from = {"A"}}}}),
                  UsageError);
  CHECK_THROWS_AS(
      (void)store.settle({.unregister = {{.registry = "__global", .oid = "o", .target = "t"}}}),
      UsageError);
}

TEST_CASE("nothing to settle settles nothing") {
  RegistryStore store;
  CHECK(store.settle({}).empty());
}

TEST_CASE("registries are made by their factories, and dropped if nothing stays in them") {
  RegistryStore store;
  store.registry_factory([](const std::string& name) {
    return std::make_unique<Registry>(name, RegistryOptions{.extra_field = {{"depth"}}});
  });
  (void)store.settle({.symbols = {{in({"A", "B"}, "a", "o", {.info = {{"depth", 1}}})}},
                      .unregister = {{.registry = "B", .oid = "o", .target = "a"}}});
  CHECK(store.registries().size() == 1);
  CHECK(store.object_by_id("A", "o").field("depth") == 1);
}
