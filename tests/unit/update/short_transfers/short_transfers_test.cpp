// Reads and writes that transfer less than they were asked to, at every place where one can.

#include "short_transfers.h"

#include "../sources.h"

#include <doctest/doctest.h>
#include <reg/cache.h>
#include <algorithm>
#include <cerrno>
#include <cstdlib>

using namespace reg;
using namespace reg_test;

namespace {

std::string many_symbols(const std::string& registry, int version) {
  std::vector<Json> symbols;
  for (int i = 0; i < 200; ++i) {
    const int changed = i % 3 == 0 ? version : 0;
    symbols.push_back(symbol(registry, "oid" + std::to_string(i),
                             "m" + std::to_string(changed) + ".T" + std::to_string(i), "a == 1"));
  }
  return manifest(symbols);
}

// A workspace with an old cache, and a change that is not in it yet.
struct Scenario {
  const char* name;
  void (*change)(TestWorkspace& workspace);
  void (*run)(TestWorkspace& workspace);
};

void change_a_source(TestWorkspace& workspace) {
  workspace.put("a/m.reg.json", many_symbols("A", 2));
}

void forget_the_state(TestWorkspace& workspace) {
  change_a_source(workspace);
  std::filesystem::remove(workspace.path() / ".reg/registry_cache.json.state");
}

void run_all(TestWorkspace& workspace) { workspace.run(); }

void run_a(TestWorkspace& workspace) {
  AutoRegisterOptions options;
  options.targets = {workspace.path() / "a"};
  workspace.run(options);
}

void register_one(TestWorkspace& workspace) {
  ManualSymbol one;
  one.symbol.registry = "A";
  one.symbol.oid = "new";
  one.symbol.target = "m.New";
  workspace.add(one);
}

constexpr Scenario scenarios[] = {{"full", forget_the_state, run_all},
                                  {"incremental", change_a_source, run_all},
                                  {"partial", change_a_source, run_a},
                                  {"register", [](TestWorkspace&) {}, register_one}};

struct Prepared {
  explicit Prepared(const Scenario& scenario)
      : workspace(
            {{"a/m.reg.json", many_symbols("A", 1)}, {"b/m.reg.json", many_symbols("B", 1)}}) {
    workspace.run();
    scenario.change(workspace);
    old = workspace.cache();
  }

  TestWorkspace workspace;
  std::string old;
};

// The cache that a scenario ends with, and how many writes that takes.
std::pair<std::string, int> undisturbed(const Scenario& scenario) {
  Prepared prepared(scenario);
  const TransferRules rules({});
  scenario.run(prepared.workspace);
  return {prepared.workspace.cache(), rules.writes()};
}

// All of them under REG_TRUST_FULL=1, else they take turns.
std::vector<int> errors_for(int turn) {
  const std::vector<int> all = {ENOSPC, EIO, EDQUOT, EFBIG};
  const char* full = std::getenv("REG_TRUST_FULL");
  if (full != nullptr && std::string_view(full) == "1") return all;
  return {all[static_cast<std::size_t>(turn) % all.size()]};
}

bool has_temporary_file(TestWorkspace& workspace) {
  auto files = std::filesystem::recursive_directory_iterator(workspace.path());
  return std::any_of(begin(files), end(files),
                     [](const auto& entry) { return entry.path().extension() == ".tmp"; });
}

}  // namespace

TEST_CASE("reads and writes of a few bytes at a time come to the same cache") {
  for (const Scenario& scenario : scenarios) {
    CAPTURE(scenario.name);
    const std::string expected = undisturbed(scenario).first;
    for (std::size_t most : {std::size_t{7}, std::size_t{100}, std::size_t{4097}}) {
      CAPTURE(most);
      Prepared prepared(scenario);
      const TransferRules rules({.most = most});
      scenario.run(prepared.workspace);
      CHECK((prepared.workspace.cache() == expected));
      CHECK(Cache::open(prepared.workspace.cache_path()).verify().empty());
    }
  }
}

TEST_CASE("a short write whose rest fails is an error that leaves the old cache") {
  int tried = 0;
  for (const Scenario& scenario : scenarios) {
    const auto [expected, writes] = undisturbed(scenario);
    REQUIRE(writes > 1);
    for (int at = 1; at <= writes; ++at) {
      for (int error : errors_for(at)) {
        CAPTURE(scenario.name);
        CAPTURE(at);
        CAPTURE(error);
        Prepared prepared(scenario);
        bool failed = false;
        try {
          const TransferRules rules({.short_write = at, .error = error});
          scenario.run(prepared.workspace);
        } catch (const StorageError& storage) {
          failed = true;
          CHECK(storage.kind() == ErrorKind::Io);
          CHECK(std::string(storage.what()).find(prepared.workspace.path().string()) !=
                std::string::npos);
        }
        const std::string found = prepared.workspace.cache();
        CHECK((found == (failed ? prepared.old : expected)));
        CHECK_FALSE(has_temporary_file(prepared.workspace));
        scenario.run(prepared.workspace);
        CHECK((prepared.workspace.cache() == expected));
        ++tried;
      }
    }
  }
  MESSAGE("figure: short writes tried: " << tried);
}
