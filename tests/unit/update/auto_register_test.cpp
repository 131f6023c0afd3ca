#include "sources.h"

#include <doctest/doctest.h>
#include <reg/cache.h>
#include <atomic>
#include <thread>

using namespace reg;
using namespace reg_test;

namespace {

// The cache of a full run over these files; nothing if there are errors in them.
std::optional<std::string> full_run(const Files& files) {
  TestWorkspace fresh(files);
  if (fresh.run().failed) return std::nullopt;
  return fresh.cache();
}

Files two_sources() {
  return {{"a/m.reg.json", manifest({symbol("A", "x", "a.X"), symbol("A", "y", "a.Y")})},
          {"b/m.reg.json", manifest({symbol("B", "x", "b.X")})}};
}

AutoRegisterOptions only(const std::filesystem::path& target) {
  AutoRegisterOptions options;
  options.targets = {target};
  return options;
}

std::vector<std::string> targets(const TestWorkspace& workspace, const std::string& registry) {
  std::vector<std::string> found;
  const Cache cache = Cache::open(workspace.cache_path());
  cache.each_symbol(registry, [&](const SymbolView& symbol) {
    found.push_back(symbol.key().target);
    return true;
  });
  return found;
}

}  // namespace

TEST_CASE("after any edits, an incremental run gives the bytes of a full one") {
  int successes = 0;
  CHECK(rc::check("incremental is full", [&successes] {
    Files files = base_files();
    TestWorkspace workspace(files);
    workspace.run();
    std::string last = workspace.cache();
    for (int step = 0; step < 6; ++step) {
      const std::string name = "m" + std::to_string(*rc::gen::inRange(0, 4)) + ".reg.json";
      if (*rc::gen::inRange(0, 6) == 0 && files.erase(name) != 0) {
        workspace.remove(name);
      } else {
        files[name] = random_manifest();
        workspace.put(name, files[name]);
      }
      const std::optional<std::string> full = full_run(files);
      RC_ASSERT(workspace.run().failed == !full.has_value());
      if (full) last = *full;
      RC_ASSERT(workspace.cache() == last);
      RC_ASSERT(Cache::open(workspace.cache_path()).verify().empty());
      successes += full.has_value() ? 1 : 0;
    }
  }));
  CHECK(successes > 50);
}

TEST_CASE("a report counts what was read, and which lines came and went") {
  TestWorkspace workspace(two_sources());
  AutoRegisterReport first = workspace.run();
  CHECK(first.sources == 3);  // with registry.toml
  CHECK(first.read == 3);
  CHECK(first.symbols == 3);
  CHECK(first.registries == 2);
  CHECK_FALSE(first.difference);
  CHECK(first.changed);
  AutoRegisterReport nothing = workspace.run();
  CHECK(nothing.read == 0);
  CHECK_FALSE(nothing.changed);
  workspace.put("b/m.reg.json", manifest({symbol("B", "x", "b.Other"), symbol("B", "z", "b.Z")}));
  AutoRegisterReport second = workspace.run();
  CHECK(second.read == 1);
  CHECK(second.difference == Difference{2, 1, 0});
  CHECK(second.symbols == 4);
}

TEST_CASE("a dry run says what would change, and changes nothing") {
  TestWorkspace workspace(two_sources());
  AutoRegisterOptions dry_run;
  dry_run.mode = WriteMode::DryRun;
  AutoRegisterReport report = workspace.run(dry_run);
  CHECK(report.changed);
  CHECK_FALSE(std::filesystem::exists(workspace.cache_path()));
  CHECK_FALSE(std::filesystem::exists(workspace.path() / ".reg"));
}

TEST_CASE("a partial run takes what lies under its targets, and nothing else") {
  TestWorkspace workspace(two_sources());
  workspace.run();
  workspace.put("a/m.reg.json", manifest({symbol("A", "x", "a.New")}));
  workspace.put("b/m.reg.json", manifest({symbol("B", "x", "b.New")}));
  workspace.run(only(workspace.path() / "a"));
  CHECK(targets(workspace, "A") == std::vector<std::string>{"a.New"});
  CHECK(targets(workspace, "B") == std::vector<std::string>{"b.X"});
  CHECK_THROWS_AS(workspace.run(only(workspace.path() / "nowhere")), InputError);
}

TEST_CASE("all errors of all sources are reported, in the order of the sources") {
  Files files = two_sources();
  files["a/m.reg.json"] = "{\"symbols\": [{\"registry\": \"A\"}, {\"registy\": \"A\"}]}";
  files["b/m.reg.json"] = "{]";
  TestWorkspace workspace(files);
  AutoRegisterReport report = workspace.run();
  CHECK(report.failed);
  REQUIRE(report.diagnostics.size() >= 3);
  CHECK(report.diagnostics.front().place.path == "a/m.reg.json");
  CHECK(report.diagnostics.back().place.path == "b/m.reg.json");
  CHECK_FALSE(std::filesystem::exists(workspace.cache_path()));
}

TEST_CASE("with keep_going, what is well is written") {
  Files files = two_sources();
  files["b/m.reg.json"] = "{]";
  TestWorkspace workspace(files);
  AutoRegisterOptions keep_going;
  keep_going.keep_going = KeepGoing::Yes;
  AutoRegisterReport report = workspace.run(keep_going);
  CHECK(report.failed);
  CHECK(report.symbols == 2);
  CHECK(targets(workspace, "A").size() == 2);
}

TEST_CASE("a sidecar that was cut off anywhere is made anew, wherever the cache is") {
  TestWorkspace test(two_sources());
  const Workspace workspace = test.get().with_cache(test.get().root() / "build" / "c.json");
  const std::filesystem::path state = workspace.root() / "build" / "c.json.state";
  for (const std::uintmax_t size : {0U, 1U, 2U, 20U, 40U, 100U}) {
    CAPTURE(size);
    CHECK_FALSE(auto_register(workspace).failed);
    std::filesystem::resize_file(state, size);
    CHECK_FALSE(auto_register(workspace).failed);
    CHECK(std::filesystem::file_size(state) > 100);
  }
}

TEST_CASE("a run for some sources drops those that registry.toml no longer names") {
  TestWorkspace workspace(two_sources());
  workspace.put("registry.toml", "[workspace]\nsources = ['a', 'b']\n");
  workspace.run();
  workspace.put("registry.toml", "[workspace]\nsources = ['b']\n");
  CHECK_FALSE(workspace.run(only(workspace.get().root() / "b")).failed);
  CHECK(Cache::open(workspace.cache_path()).registry("A") == std::nullopt);
  CHECK(targets(workspace, "B") == std::vector<std::string>{"b.X"});
}

TEST_CASE("every source has a state") {
  TestWorkspace workspace(two_sources());
  auto states = [&workspace] {
    std::string text;
    for (const SourceStatus& one : status(workspace.get()).sources)
      text += one.path + " " + to_string(one.state) + "; ";
    return text;
  };
  CHECK(states() == "a/m.reg.json new; b/m.reg.json new; registry.toml new; ");
  workspace.run();
  CHECK(states() == "a/m.reg.json fresh; b/m.reg.json fresh; registry.toml fresh; ");
  workspace.put("a/m.reg.json", manifest({symbol("A", "x", "a.Longer")}));
  workspace.remove("b/m.reg.json");
  CHECK(states() == "a/m.reg.json changed; b/m.reg.json gone; registry.toml fresh; ");
}

TEST_CASE("what register writes counts as read") {
  TestWorkspace workspace(two_sources());
  workspace.run();
  ManualSymbol one;
  one.symbol.registry = "A";
  one.symbol.target = "m.New";
  workspace.add(one);
  for (const SourceStatus& source : status(workspace.get()).sources) {
    CAPTURE(source.path);
    CHECK(source.state == SourceState::Fresh);
  }
  CHECK(workspace.run().read == 0);
}

TEST_CASE("what a killed register or lock left behind is removed by the next run") {
  TestWorkspace workspace(two_sources());
  workspace.run();
  const std::vector<std::string> left = {".manual.reg.json.0123456789abcdef.tmp",
                                         ".reg/.registry_cache.json.frozen.0123456789abcdef.tmp"};
  for (const std::string& name : left) workspace.put(name, "{}");
  workspace.put(".manual.reg.json.mine.tmp", "{}");
  workspace.run();
  for (const std::string& name : left)
    CHECK_FALSE(std::filesystem::exists(workspace.path() / name));
  CHECK(std::filesystem::exists(workspace.path() / ".manual.reg.json.mine.tmp"));
}

TEST_CASE("while the cache is frozen, no one writes; afterwards they do") {
  TestWorkspace workspace(two_sources());
  workspace.run();
  CHECK(freeze_cache(workspace.get()));
  CHECK_FALSE(freeze_cache(workspace.get()));
  CHECK(cache_frozen(workspace.get()));
  ManualSymbol newcomer;
  newcomer.symbol.registry = "A";
  newcomer.symbol.oid = "z";
  newcomer.symbol.target = "z.Z";
  CHECK_THROWS_AS(workspace.add(newcomer), StorageError);
  CHECK_THROWS_AS(workspace.run(), StorageError);
  CHECK(thaw_cache(workspace.get()));
  workspace.add(newcomer);
  CHECK(targets(workspace, "A") == std::vector<std::string>{"a.X", "a.Y", "z.Z"});
}

TEST_CASE(
    "a registration that was stopped before the cache was written is finished by the same one") {
  TestWorkspace workspace(two_sources());
  workspace.run();
  ManualSymbol one;
  one.symbol.registry = "A";
  one.symbol.target = "m.New";
  const std::string old = workspace.cache();
  workspace.add(one);
  const std::string registered = workspace.cache();
  write_file(workspace.cache_path(), old);
  CHECK_FALSE(workspace.add(one).failed);
  CHECK((workspace.cache() == registered));
  CHECK(workspace.add(one).failed);
}

TEST_CASE("threads that register, unregister, run and read at once lose nothing") {
  constexpr int writers = 4;
  constexpr int rounds = 5;
  TestWorkspace workspace(two_sources());
  workspace.run();
  std::atomic<int> failures = 0;
  std::atomic<bool> done = false;
  auto guarded = [&failures](auto&& work) {
    return [&failures, work] {
      try {
        work();
      } catch (const std::exception&) {
        ++failures;
      }
    };
  };
  auto write = [&workspace](int writer) {
    for (int round = 0; round < rounds; ++round) {
      ManualSymbol one;
      one.symbol.registry = "T";
      one.symbol.oid = "w" + std::to_string(writer) + "." + std::to_string(round);
      one.symbol.target = "t." + one.symbol.oid;
      (void)workspace.add(one);
      if (round % 2 == 1)
        (void)unregister_symbol(workspace.get(), "T", one.symbol.oid, one.symbol.target);
      (void)auto_register(workspace.get(), only(workspace.path() / "a"));
    }
  };
  std::vector<std::thread> threads;
  for (int writer = 0; writer < writers; ++writer) {
    threads.emplace_back(guarded([&write, writer] { write(writer); }));
  }
  std::thread reader(guarded([&] {
    while (!done) {
      if (targets(workspace, "A").size() != 2) ++failures;
    }
  }));
  for (std::thread& thread : threads) thread.join();
  done = true;
  reader.join();
  CHECK(failures == 0);
  CHECK(targets(workspace, "T").size() == writers * (rounds + 1) / 2);
}

TEST_CASE("a command that was stopped before the cache followed is finished when it is repeated") {
  TestWorkspace workspace(two_sources());
  workspace.put("manual.reg.json", manifest({symbol("A", "z", "m.Z")}));
  workspace.run();

  auto kept = [&] { return Json::parse(read_file(workspace.path() / "manual.reg.json")); };

  SUBCASE("unregister") {
    workspace.put("manual.reg.json", "{\n}\n");
    workspace.drop("A", "z", "m.Z");
    CHECK(read_file(workspace.path() / "manual.reg.json") == "{\n}\n");
    CHECK(targets(workspace, "A") == std::vector<std::string>{"a.X", "a.Y"});
  }
  SUBCASE("unregister of what another source declares") {
    const std::string begun = R"({"unregister": [{"registry": "A", "oid": "x", "target": "a.X"}]})";
    workspace.put("manual.reg.json", begun);
    workspace.drop("A", "x", "a.X");
    CHECK(kept() == Json::parse(begun));
    CHECK(targets(workspace, "A") == std::vector<std::string>{"a.Y"});
  }
  SUBCASE("merge") {
    const std::string begun = R"({"merge": [{"into": "C", "from": ["B"]}]})";
    workspace.put("manual.reg.json", begun);
    workspace.merge("C", "B");
    CHECK(kept() == Json::parse(begun));
    CHECK(targets(workspace, "C") == std::vector<std::string>{"b.X"});
  }
}

TEST_CASE("a merged copy of a registered symbol can be unregistered by itself") {
  TestWorkspace workspace(two_sources());
  workspace.put("manual.reg.json", manifest({symbol("D", "z", "m.Z")}));
  workspace.merge("E", "D");
  REQUIRE(targets(workspace, "E") == std::vector<std::string>{"m.Z"});
  workspace.drop("E", "z", "m.Z");
  CHECK(targets(workspace, "D") == std::vector<std::string>{"m.Z"});
  CHECK(targets(workspace, "E").empty());
}

TEST_CASE("entries of the wrong kind in manual.reg.json are errors with their place") {
  for (const char* entry : {"5", "null", "[1]", R"({"registry": [], "target": "m.Z"})",
                            R"({"registry": "A", "oid": [], "target": "m.Z"})"}) {
    CAPTURE(entry);
    TestWorkspace workspace(two_sources());
    workspace.put("manual.reg.json", std::string(R"({"symbols": [)") + entry + "]}");
    ManualSymbol one;
    one.symbol.registry = "A";
    one.symbol.target = "m.Z";
    one.force = true;
    const std::string before = read_file(workspace.path() / "manual.reg.json");
    try {
      workspace.add(one);
      FAIL("no error");
    } catch (const InputError& error) {
      REQUIRE_FALSE(error.diagnostics().empty());
      CHECK(error.diagnostics().front().place.path == "manual.reg.json");
      CHECK(error.diagnostics().front().place.line == 1);
    }
    CHECK(read_file(workspace.path() / "manual.reg.json") == before);
  }
}

TEST_CASE("a source whose symbols move to another registry leaves none behind") {
  Files files = two_sources();
  TestWorkspace workspace(files);
  workspace.run();
  auto change = [&](const std::string& name, const std::string& text) {
    files[name] = text;
    workspace.put(name, text);
    CHECK(workspace.run().read == 1);
    const bool same = workspace.cache() == full_run(files);
    CHECK(same);
  };
  change("b/m.reg.json", manifest({symbol("B", "x", "b.X"), symbol("C", "x", "b.X")}));
  change("a/m.reg.json", manifest({symbol("B", "y", "a.Y")}));
  CHECK(targets(workspace, "A").empty());
  change("a/m.reg.json", manifest({symbol("A", "y", "a.Y"), symbol("C", "y", "a.Y")}));
  CHECK(targets(workspace, "B") == std::vector<std::string>{"b.X"});
}
