#include "sources.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <reg/open_cache.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <filesystem>

namespace {

using namespace reg;
using reg_test::manifest;
using reg_test::symbol;
namespace fs = std::filesystem;

std::string text_of(const Freshness& found) {
  if (!found.known) return "nothing is known";
  std::string text;
  for (const SourceChange& change : found.changed)
    text += change.path + ' ' + to_string(change.state) + "; ";
  for (const std::string& path : found.unread) text += path + " unread; ";
  return text;
}

class Watched : public reg_test::TestWorkspace {
 public:
  Watched()
      : TestWorkspace({{"a/a.reg.json", manifest({symbol("A", "a", "m.A")})},
                       {"b.reg.json", manifest({symbol("A", "b", "m.B")})}}) {
    REQUIRE(!run().failed);
  }
  std::string look() const { return text_of(reg::look(get())); }
  void set_times(const std::string& name, std::int64_t seconds) const {
    const timespec times[] = {{seconds, 0}, {seconds, 0}};
    REQUIRE(::utimensat(AT_FDCWD, (path() / name).c_str(), times, 0) == 0);
  }
};

TEST_CASE("a source is changed, new or gone by its content and its name, and not by its time") {
  const Watched fresh;
  CHECK(fresh.look().empty());
  fresh.set_times("b.reg.json", 4'000'000'000);
  CHECK(fresh.look().empty());

  Watched watched;
  watched.put("b.reg.json", manifest({symbol("A", "b", "m.C")}));
  CHECK(watched.look() == "b.reg.json changed; ");
  watched.put("b.reg.json", manifest({symbol("A", "b", "m.B")}));
  CHECK(watched.look().empty());
  watched.put("a/b/new.reg.json", manifest({}));
  watched.put("a/notes.txt", "");
  CHECK(watched.look() == "a/b/new.reg.json new; ");
  watched.remove("b.reg.json");
  CHECK(watched.look() == "a/b/new.reg.json new; b.reg.json gone; ");
  fs::rename(watched.path() / "a", watched.path() / "c");
  CHECK(watched.look() ==
        "a/a.reg.json gone; b.reg.json gone; c/a.reg.json new; c/b/new.reg.json new; ");
  REQUIRE(!watched.run().failed);
  CHECK(watched.look().empty());
}

TEST_CASE("a source that cannot be looked at has changed") {
  const Watched watched;
  fs::remove(watched.path() / "b.reg.json");
  fs::create_symlink("b.reg.json", watched.path() / "b.reg.json");
  CHECK(watched.look() == "b.reg.json failed; ");
  fs::create_symlink("manual.reg.json", watched.path() / "manual.reg.json");
  fs::create_symlink("n.reg.json", watched.path() / "n.reg.json");
  CHECK(watched.look() == "b.reg.json failed; manual.reg.json failed; ");
  fs::remove(watched.path() / "manual.reg.json");
  CHECK(watched.look() == "b.reg.json failed; n.reg.json failed; ");
}

TEST_CASE("a partial run leaves what it did not take in to be noticed") {
  Watched watched;
  watched.put("new.reg.json", manifest({symbol("A", "new", "m.New")}));
  watched.put("b.reg.json", manifest({symbol("A", "b", "m.C")}));
  AutoRegisterOptions partly;
  partly.targets = {watched.path() / "b.reg.json"};
  REQUIRE(!watched.run(partly).failed);
  CHECK(watched.look() == "new.reg.json new; ");
  ManualSymbol by_hand;
  by_hand.symbol.registry = "A";
  by_hand.symbol.target = "m.X";
  REQUIRE(!watched.add(by_hand).failed);
  CHECK(watched.look() == "new.reg.json new; ");
  REQUIRE(!watched.run().failed);
  CHECK(watched.look().empty());
}

TEST_CASE("of sources that are too large to be read, the time tells") {
  Watched watched;
  const std::string blanks(std::size_t{2} << 20, ' ');
  watched.put("b.reg.json", manifest({symbol("A", "b", "m.B")}) + blanks);
  REQUIRE(!watched.run().failed);
  watched.set_times("b.reg.json", 1'000'000'000);
  CHECK(watched.look() == "b.reg.json unread; ");
  watched.set_times("b.reg.json", 4'000'000'000);
  CHECK(watched.look() == "b.reg.json changed; ");
}

TEST_CASE("some of the sources can be looked at, by what a query reads") {
  Watched watched;
  watched.put("b.reg.json", manifest({symbol("A", "b", "m.C")}));
  const Workspace workspace = watched.get();
  Cache cache = Cache::open(workspace.cache());
  std::vector<std::string> paths;
  cache.tell_reads([&](const SymbolRead& symbol) { paths.emplace_back(symbol.source); });
  const auto looked = [&](const char* oid) {
    paths.clear();
    static_cast<void>(cache.implementations("A", oid));
    return text_of(look_at(workspace, cache, paths));
  };
  CHECK(looked("a").empty());
  CHECK(paths == std::vector<std::string>{"a/a.reg.json"});
  CHECK(looked("b") == "b.reg.json changed; ");
  CHECK(looked("none").empty());
  watched.put("registry.toml", "[workspace]\nsources = ['.']\nrefresh = 'auto'\n");
  CHECK(looked("none") == "registry.toml changed; ");
}

TEST_CASE(
    "whatever an answer is from, sources that concern it are looked at: of words, registries, "
    "acts, merges") {
  Watched watched;
  watched.put("words.reg.toml", "[predicates]\nold = 'x > 1'\n");
  watched.put("kind.reg.toml", "[registries.A]\n");
  watched.put("merged.reg.toml", "[registries.From]\n[registries.Into]\n");
  watched.put("merge.reg.toml", "[[merge]]\ninto = 'Into'\nfrom = ['From']\n");
  watched.put("out.reg.toml", "[[unregister]]\nregistry = 'B'\noid = 'b'\ntarget = 'm.B'\n");
  REQUIRE(!watched.run().failed);
  const Workspace workspace = watched.get();
  const Cache cache = Cache::open(workspace.cache());
  const auto looked = [&](const char* file, const std::vector<std::string>& registries) {
    const std::string before = reg_test::read_file(watched.path() / file);
    watched.put(file, before + "# changed\n");
    std::string found = text_of(look_at(workspace, cache, {"a/a.reg.json"}, registries));
    watched.put(file, before);
    return found;
  };
  CHECK(looked("words.reg.toml", {"A"}) == "words.reg.toml changed; ");
  CHECK(looked("kind.reg.toml", {"A"}) == "kind.reg.toml changed; ");
  CHECK(looked("kind.reg.toml", {"B"}).empty());
  CHECK(looked("out.reg.toml", {"A"}).empty());
  CHECK(looked("out.reg.toml", {"A", "B"}) == "out.reg.toml changed; ");
  CHECK(looked("merge.reg.toml", {"Into"}) == "merge.reg.toml changed; ");
  CHECK(looked("merged.reg.toml", {"Into"}) == "merged.reg.toml changed; ");
}

TEST_CASE("a large source that was only touched is no change after a run that looked into it") {
  Watched watched;
  const std::string blanks(std::size_t{2} << 20, ' ');
  watched.put("b.reg.json", manifest({symbol("A", "b", "m.B")}) + blanks);
  REQUIRE(!watched.run().failed);
  CHECK(watched.look().empty());
  watched.set_times("b.reg.json", 4'000'000'000);
  REQUIRE(!watched.run().failed);
  CHECK(watched.look().empty());
}

TEST_CASE("opening a cache does what is asked for, or what the workspace says") {
  Watched watched;
  const Workspace workspace = watched.get();
  const auto target = [&](std::optional<Refresh> refresh) {
    const OpenedCache opened = open_cache(workspace, refresh);
    return opened.cache.object_by_id("A", "b").target + ' ' + describe(opened.freshness);
  };
  watched.put("b.reg.json", manifest({symbol("A", "b", "m.C")}));
  CHECK(target(Refresh::Off) == "m.B ");
  CHECK(target({}) == "m.B 1 source changed since the cache was written: b.reg.json");
  CHECK(target(Refresh::Auto) == "m.C ");
  watched.put("registry.toml", "[workspace]\nsources = ['.']\nrefresh = 'auto'\n");
  REQUIRE(refresh_if_needed(workspace));
  CHECK(!refresh_if_needed(workspace));
  watched.put("b.reg.json", manifest({symbol("A", "b", "m.D")}));
  CHECK(target({}) == "m.D ");
  REQUIRE(clear_cache(workspace));
  CHECK_THROWS_AS(open_cache(workspace), StorageError);
  CHECK(target(Refresh::Auto) == "m.D ");
}

TEST_CASE(
    "where the cache cannot be brought up to date, the old one is opened, and it is said why") {
  Watched watched;
  watched.put("b.reg.json", "{");
  const OpenedCache opened = open_cache(watched.get(), Refresh::Auto);
  CHECK(opened.cache.object_by_id("A", "b").target == "m.B");
  CHECK(opened.problem.starts_with("b.reg.json:1:2: not valid JSON"));
  CHECK(describe(opened.freshness) == "1 source changed since the cache was written: b.reg.json");
}

TEST_CASE("a refresh keeps the facts that the cache was written with") {
  Watched watched;
  AutoRegisterOptions options;
  options.define = Json{{"build", "debug"}};
  REQUIRE(!watched.run(options).failed);
  watched.put("b.reg.json", manifest({symbol("A", "b", "m.C")}));
  REQUIRE(!refresh_cache(watched.get()).failed);
  CHECK(status(watched.get()).define == Json{{"build", "debug"}});
}

TEST_CASE("REG_REFRESH is one of three, or not set") {
  const auto given = [](const char* value) {
    ::setenv("REG_REFRESH", value, 1);
    const auto result = refresh_from_environment();
    ::unsetenv("REG_REFRESH");
    return result;
  };
  CHECK(!given(""));
  CHECK(given("warn") == Refresh::Warn);
  CHECK(given("auto") == Refresh::Auto);
  CHECK(given("off") == Refresh::Off);
  CHECK_THROWS_WITH_AS(given("atuo"), "REG_REFRESH is \"atuo\"", UsageError);
  ::unsetenv("REG_REFRESH");
}

}  // namespace
