#include "store_fixture.h"

#include <doctest/doctest.h>
#include <reg/traced_selection.h>
#include <thread>

using namespace reg;
using namespace reg::test;

namespace {

void fill(RegistryStore& store) {
  Registry& codecs = store.registry("codecs");
  codecs.register_symbol(symbol("c.Raw", "image"));
  codecs.register_symbol(symbol("c.Png", "image", {.select = parse("ext == 'png' & fast")}));
  codecs.register_symbol(symbol("c.Wav", "sound", {.select = parse("ext == 'wav'")}));
}

}  // namespace

TEST_CASE("a trace says what each part of each predicate returned, the innermost first") {
  RegistryStore store;
  fill(store);
  TracedSelection traced(store);
  (void)store.select("codecs", "image", {{"ext", "png"}});
  CHECK(traced.lines() == Names{"predicate yes() returned 0.5 for c.Raw",
                                "predicate ext == \"png\" returned 1 for c.Png",
                                "predicate fast returned 0 for c.Png",
                                "predicate ext == \"png\" & fast returned 0 for c.Png"});
}

TEST_CASE("a trace has no line for what was not evaluated") {
  RegistryStore store;
  fill(store);
  TracedSelection traced(store);
  (void)store.select("codecs", "image", {{"ext", "gif"}});
  CHECK(traced.lines() == Names{"predicate yes() returned 0.5 for c.Raw",
                                "predicate ext == \"png\" returned 0 for c.Png",
                                "predicate ext == \"png\" & fast returned 0 for c.Png"});
}

TEST_CASE("a trace of some oids leaves out the others") {
  RegistryStore store;
  fill(store);
  TracedSelection traced(store, Names{"sound"});
  (void)store.possible_objects("codecs", {{"ext", "png"}});
  CHECK(traced.lines() == Names{"predicate ext == \"wav\" returned 0 for c.Wav"});
}

TEST_CASE("a trace ends with its scope, and hands its lines on if it is told to") {
  RegistryStore store;
  fill(store);
  Names lines;
  {
    TracedSelection traced(store, [&](const std::string& line) { lines.push_back(line); });
    (void)store.select_or_none("codecs", "sound", {});
    CHECK(traced.lines().empty());
  }
  (void)store.select_or_none("codecs", "sound", {});
  CHECK(lines == Names{"predicate ext == \"wav\" returned 0 for c.Wav"});
}

TEST_CASE("a registry of its own is traced too") {
  Registry views("views");
  views.register_module("v.Main");
  TracedSelection traced(views);
  (void)views.select("Main", {});
  CHECK(traced.lines() == Names{"predicate yes() returned 0.5 for v.Main"});
}

TEST_CASE("selections of several threads are traced without losing a line") {
  RegistryStore store;
  fill(store);
  TracedSelection traced(store);
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&store] {
      for (int k = 0; k < 50; ++k) (void)store.select("codecs", "image", {{"ext", "png"}});
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(traced.lines().size() == 4 * 50 * 4);
}
