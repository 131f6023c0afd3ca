#include "store_fixture.h"

#include <doctest/doctest.h>

using namespace reg;
using namespace reg::test;

namespace {

Implementation hooked(const char* target, RegisteredHook hook) {
  return symbol(target, "", {.on_registered = std::move(hook)});
}

}  // namespace

TEST_CASE("a hook may unregister: what is gone is not called") {
  Registry views("views");
  Names called;
  views.register_symbol(hooked("v.A", [&](Registry& registry) {
    called.push_back("A");
    registry.unregister("A", "v.A");
    registry.unregister("B", "v.B");
  }));
  views.register_symbol(hooked("v.B", [&](Registry&) { called.push_back("B"); }));
  views.register_symbol(hooked("v.C", [&](Registry&) { called.push_back("C"); }));
  views.initialization_completed();
  CHECK(called == Names{"A", "C"});
  CHECK(views.oids() == Names{"C"});
}

TEST_CASE("a hook may register: what is new is called too, once") {
  Registry views("views");
  Names called;
  views.register_symbol(hooked("v.B", [&](Registry& registry) {
    called.push_back("B");
    registry.register_symbol(hooked("v.A", [&](Registry&) { called.push_back("A"); }));
  }));
  views.initialization_completed();
  views.initialization_completed();
  CHECK(called == Names{"B", "A"});
}

TEST_CASE("a hook may register in registries of the store that are new or had their turn") {
  RegistryStore store;
  Names called;
  auto last = [&](Registry& registry) { called.push_back(registry.name()); };
  store.registry("b").register_symbol(hooked("v.X", [&](Registry&) {
    called.push_back("b");
    for (const char* name : {"a", "c", "new"})
      store.registry(name).register_symbol(hooked("v.Y", last));
  }));
  store.registry("a");
  store.initialization_completed();
  CHECK(called == Names{"b", "c", "new", "a"});
}

TEST_CASE("a hook may replace its own symbol, and end registration itself") {
  Registry views("views");
  int called = 0;
  views.register_symbol(hooked("v.A", [&](Registry& registry) {
    ++called;
    registry.register_and_replace(hooked("v.B", [&](Registry&) { ++called; }), "v.A");
    registry.initialization_completed();
  }));
  views.initialization_completed();
  CHECK(called == 2);
  CHECK(views.oids() == Names{"B"});
}

TEST_CASE("a hook may clear the registry") {
  Registry views("views");
  views.register_symbol(hooked("v.A", [](Registry& registry) { registry.clear(); }));
  views.register_symbol(hooked("v.B", [](Registry&) { FAIL("it is gone"); }));
  views.initialization_completed();
  CHECK(views.empty());
}

TEST_CASE("after a hook that throws, the others are called the next time") {
  Registry views("views");
  Names called;
  views.register_symbol(hooked("v.A", [](Registry&) { throw std::runtime_error("no schema"); }));
  views.register_symbol(hooked("v.B", [&](Registry&) { called.push_back("B"); }));
  CHECK_THROWS_WITH(views.initialization_completed(), "no schema");
  CHECK(called.empty());
  views.initialization_completed();
  CHECK(called == Names{"B"});
}

TEST_CASE("a symbol that took another's place has a hook of its own to be called") {
  Registry views("views");
  int called = 0;
  auto count = [&](Registry&) { ++called; };
  views.register_symbol(hooked("v.A", count));
  views.initialization_completed();
  views.register_symbol(hooked("v.A", count), {.force = Force::Yes});
  views.initialization_completed();
  CHECK(called == 2);
}

TEST_CASE("what loads a source may register, unregister and replace") {
  ScratchFolder folder;
  reg_test::write_file(folder / "a.py", "");
  reg_test::write_file(folder / "b.py", "");
  RegistryStore store;
  register_sources(
      store, {folder.path()}, [](RegistryStore& into, const std::filesystem::path& source) {
        if (source.filename() == "a.py") {
          into.registry("views").register_all({"v.Babar", "v.Arthur"});
        } else {
          into.unregister("views", "Arthur", "v.Arthur");
          into.registry("views").register_and_replace(symbol("v.Celeste", ""), "v.Babar");
        }
      });
  CHECK(targets(store.all_objects()) == Names{"v.Celeste"});
}
