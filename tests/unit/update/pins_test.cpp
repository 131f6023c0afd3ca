// Pins by hand: in manual.reg.json and in the cache, in one step.

#include "sources.h"

#include <doctest/doctest.h>
#include <reg/cache.h>

using namespace reg;
using namespace reg_test;

namespace {

const Files three = {
    {"m.reg.json", manifest({symbol("A", "x", "m.Plain"), symbol("A", "x", "m.Best", "a == 1"),
                             symbol("B", "x", "m.Plain")})}};

Pin plain(const std::string& reason = "because") { return {"x", "m.Plain", reason}; }

std::string winner(const TestWorkspace& workspace, const Context& context = {{"a", 1}}) {
  return Cache::open(workspace.cache_path()).select("A", "x", context).winner()->symbol.target;
}

// A full run of the same sources over nothing.
std::string rebuilt(const TestWorkspace& workspace) {
  TestWorkspace fresh;
  for (const auto& entry : std::filesystem::directory_iterator(workspace.path())) {
    if (entry.is_regular_file())
      fresh.put(entry.path().filename().string(), read_file(entry.path()));
  }
  CHECK_FALSE(fresh.run().failed);
  return fresh.cache();
}

template <typename Error, typename Action>
Error thrown(Action action) {
  try {
    action();
  } catch (const Error& error) {
    return error;
  }
  FAIL("nothing was thrown");
  std::abort();
}

std::vector<std::string> messages(const AutoRegisterReport& report) {
  std::vector<std::string> all;
  for (const Diagnostic& each : report.diagnostics)
    all.push_back(each.place.to_string() + ": " + each.message);
  return all;
}

const std::vector<std::string> no_effect = {
    "manual.reg.json:3:3: the pin of A/x has no effect: \"m.Plain\" is not registered there"};

}  // namespace

TEST_CASE("pinning writes manual.reg.json and the cache, as a full run would") {
  TestWorkspace workspace(three);
  workspace.run();
  CHECK(winner(workspace) == "m.Best");
  const PinReport pinned = pin_symbol(workspace.get(), "A", plain());
  CHECK_FALSE(pinned.before.has_value());
  CHECK(pinned.changed);
  CHECK(winner(workspace) == "m.Plain");
  CHECK(workspace.cache() == rebuilt(workspace));
  CHECK_FALSE(workspace.run().changed);
  const PinReport again = pin_symbol(workspace.get(), "A", {"x", "m.Best", "after all"});
  CHECK(again.before == plain());
  CHECK(winner(workspace, {{"a", 2}}) == "m.Plain");
  CHECK(workspace.cache() == rebuilt(workspace));
  CHECK(unpin_symbol(workspace.get(), "A", "x").before == Pin{"x", "m.Best", "after all"});
  CHECK(workspace.cache() == rebuilt(workspace));
  CHECK(winner(workspace) == "m.Best");
}

TEST_CASE("only what is registered can be pinned, and only what is pinned unpinned") {
  TestWorkspace workspace(three);
  workspace.run();
  const std::string before = workspace.cache();
  const Workspace at = workspace.get();
  CHECK(thrown<RegistryNotFound>([&] { (void)pin_symbol(at, "a", plain()); }).hint() ==
        "did you mean \"A\"?");
  CHECK(thrown<ObjectNotFound>([&] {
          (void)pin_symbol(at, "A", {"xx", "m.Plain", "r"});
        }).hint() == "did you mean \"x\"?");
  CHECK(thrown<ObjectNotFound>([&] {
          (void)pin_symbol(at, "A", {"x", "m.Plane", "r"});
        }).hint() == "did you mean \"m.Plain\"?");
  CHECK(thrown<ObjectNotFound>([&] {
          (void)pin_symbol(at, "A", {"x", "\xff", "r"});
        })
            .hint()
            .starts_with("`reg show A/x`"));
  CHECK_THROWS_AS((void)pin_symbol(at, "A", plain("")), InputError);
  CHECK_THROWS_AS((void)pin_symbol(at, "A", plain("a\nb")), InputError);
  CHECK_THROWS_AS((void)unpin_symbol(at, "A", "x"), ObjectNotFound);
  CHECK(workspace.cache() == before);
  CHECK_FALSE(std::filesystem::exists(at.manual()));
  (void)pin_symbol(at, "A", plain());
  CHECK(thrown<ObjectNotFound>([&] { (void)unpin_symbol(at, "A", "xx"); }).hint() ==
        "did you mean \"A/x\"?");
}

TEST_CASE("while the cache is frozen, nothing is pinned or unpinned") {
  TestWorkspace workspace(three);
  workspace.run();
  (void)pin_symbol(workspace.get(), "A", plain());
  freeze_cache(workspace.get());
  const std::string cache = workspace.cache(), manual = read_file(workspace.get().manual());
  CHECK_THROWS_AS((void)pin_symbol(workspace.get(), "A", {"x", "m.Best", "r"}), StorageError);
  CHECK_THROWS_AS((void)unpin_symbol(workspace.get(), "A", "x"), StorageError);
  CHECK(workspace.cache() == cache);
  CHECK(read_file(workspace.get().manual()) == manual);
}

TEST_CASE("a pin whose target goes is warned about until it is back, by any kind of run") {
  TestWorkspace workspace(three);
  workspace.run();
  (void)pin_symbol(workspace.get(), "A", plain());
  workspace.put("m.reg.json", manifest({symbol("A", "x", "m.Best", "a == 1")}));
  CHECK(messages(workspace.run()) == no_effect);
  CHECK(workspace.cache() == rebuilt(workspace));
  CHECK(winner(workspace) == "m.Best");
  // It is said once more, though nothing changed, and after an edit elsewhere.
  CHECK(messages(workspace.run()) == no_effect);
  workspace.put("n.reg.json", manifest({symbol("A", "y", "n.Other")}));
  CHECK(messages(workspace.run()) == no_effect);
  const std::vector<PinStatus> pins = status(workspace.get()).pins;
  REQUIRE(pins.size() == 1);
  CHECK(pins[0].pin == plain());
  CHECK_FALSE(pins[0].registered);
  workspace.put("m.reg.json", three.at("m.reg.json"));
  CHECK(messages(workspace.run()).empty());
  CHECK(workspace.cache() == rebuilt(workspace));
  CHECK(winner(workspace) == "m.Plain");
  CHECK(status(workspace.get()).pins[0].registered);
}

TEST_CASE("the pin of a registry that is gone is shown, and can be taken away") {
  TestWorkspace workspace(three);
  workspace.run();
  (void)pin_symbol(workspace.get(), "B", plain());
  workspace.put("m.reg.json", manifest({symbol("A", "x", "m.Plain")}));
  CHECK(messages(workspace.run()).size() == 1);
  CHECK(workspace.cache() == rebuilt(workspace));
  CHECK(Cache::open(workspace.cache_path()).registries().size() == 1);
  REQUIRE(status(workspace.get()).pins.size() == 1);
  CHECK(status(workspace.get()).pins[0].registry == "B");
  (void)unpin_symbol(workspace.get(), "B", "x");
  CHECK(messages(workspace.run()).empty());
  CHECK(status(workspace.get()).pins.empty());
}

TEST_CASE("what is merged into another registry is not pinned there") {
  TestWorkspace workspace(three);
  workspace.run();
  (void)pin_symbol(workspace.get(), "A", plain());
  CHECK_FALSE(workspace.merge("C", "A").failed);
  const Cache cache = Cache::open(workspace.cache_path());
  CHECK(cache.select("C", "x", {{"a", 1}}).winner()->symbol.target == "m.Best");
  CHECK(cache.select("A", "x", {{"a", 1}}).winner()->symbol.target == "m.Plain");
  CHECK(cache.registry("C")->pins.empty());
}

TEST_CASE("after any edits, pins and unpins, an incremental run gives the bytes of a full one") {
  CHECK(rc::check([] {
    TestWorkspace workspace(base_files());
    workspace.run();
    for (int step = 0; step < 6; ++step) {
      const std::string name = "m" + std::to_string(*rc::gen::inRange(0, 3)) + ".reg.json";
      const std::string oid = "oid" + std::to_string(*rc::gen::inRange(0, 5));
      const int kind = *rc::gen::inRange(0, 4);
      if (kind == 0) workspace.put(name, random_manifest());
      workspace.run();
      const Cache cache = Cache::open(workspace.cache_path());
      const auto there = cache.implementations("A", oid);
      if (kind == 1 && cache.registry("A")->pin(oid)) (void)unpin_symbol(workspace.get(), "A", oid);
      if (kind > 1 && !there.empty())
        (void)pin_symbol(workspace.get(), "A", {oid, there.back().target, "step"});
    }
    AutoRegisterOptions keep_going;
    keep_going.keep_going = KeepGoing::Yes;
    (void)auto_register(workspace.get(), keep_going);
    const std::string incremental = workspace.cache();
    keep_going.reuse = Reuse::Nothing;
    (void)auto_register(workspace.get(), keep_going);
    RC_ASSERT(incremental == workspace.cache());
    RC_ASSERT(Cache::open(workspace.cache_path()).verify().empty());
  }));
}

TEST_CASE("pins that are wrong in manual.reg.json are errors with their place") {
  TestWorkspace workspace(three);
  workspace.put("manual.reg.json", R"({"pins": [
  {"registry": "A", "oid": "x", "target": "m.Plain", "reason": "one"},
  {"registry": "A", "oid": "x", "target": "m.Best", "reason": "two"},
  {"registry": "A", "oid": "y", "target": "m.Best"},
  {"registry": "A", "oid": "z", "target": "m.Best", "reason": "a\nb"},
  {"registry": "A", "oid": "w", "target": "m.Best", "reason": "r", "why": ""}
]})");
  const std::vector<std::string> found = messages(workspace.run());
  REQUIRE(found.size() == 4);
  CHECK(found[0] == "manual.reg.json:3:3: /pins/1: A/x is pinned twice");
  CHECK(found[1].starts_with("manual.reg.json:4:"));
  CHECK(found[2].starts_with("manual.reg.json:5:"));
  CHECK(found[3].starts_with("manual.reg.json:6:"));
}

TEST_CASE("no other manifest has pins") {
  TestWorkspace workspace(three);
  workspace.put("other/manual.reg.json",
                R"({"pins": [{"registry": "A", "oid": "x", "target": "m.Plain", "reason": "r"}]})");
  CHECK(messages(workspace.run()) ==
        std::vector<std::string>{
            "other/manual.reg.json:1:10: /pins: only manual.reg.json may have this"});
  workspace.remove("other/manual.reg.json");
  workspace.put("registry.toml", "[workspace]\nsources = ['.']\n[[pins]]\nregistry = 'A'\n");
  CHECK(messages(workspace.run()) ==
        std::vector<std::string>{"registry.toml:3:1: pins: only manual.reg.json may have this"});
}
