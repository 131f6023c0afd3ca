#include <cache/cache_lock.h>
#include <doctest/doctest.h>
#include <fcntl.h>
#include <reg/cache.h>
#include <reg/freshness.h>
#include <reg/open_cache.h>
#include <reg/remote.h>
#include <sys/file.h>
#include <unistd.h>
#include <update/sources.h>
#include <workspace/file_lock.h>
#include <filesystem>

namespace {

using namespace reg;
using reg_test::TestWorkspace;
namespace fs = std::filesystem;
using Texts = std::vector<std::string>;

std::string published(const std::string& origin, const std::string& target) {
  const Json symbol = {{"registry", "K"}, {"oid", "o"}, {"target", target}, {"select", "yes(1)"}};
  return "{\"published\":" + Json{{"format", 1}, {"origin", origin}}.dump() + ",\"symbols\":[" +
         symbol.dump() + "]}";
}

struct Follower : TestWorkspace {
  Follower() {
    put("registry.toml",
        "[workspace]\nname = 'f'\nsources = ['.']\n[facts]\nbuild = 'debug'\n[remote]\n"
        "etcd = 'http://a'\nname = 'n'\norigin = 'me'\n");
    REQUIRE(!run().failed);
  }
  fs::path folder() const { return path() / ".reg/remote"; }
  std::size_t entries() const { return reg_test::files_in(folder()); }
  Texts targets() const {
    Texts found;
    for (const Symbol& each : Cache::open(get()).implementations("K", "o"))
      found.push_back(each.target);
    return found;
  }
};

TEST_CASE("what is staged is seen by nobody until it is applied") {
  Follower follower;
  RemoteFolder remote(follower.get());
  CHECK(remote.origins().empty());
  CHECK(!remote.has_staged());
  remote.stage("a", published("a", "m.A"));
  CHECK(remote.has_staged());
  CHECK(remote.origins().empty());
  CHECK(!remote.text_of("a"));
  CHECK(look(follower.get()).changed.empty());

  REQUIRE(!remote.apply().failed);
  CHECK(!remote.has_staged());
  CHECK(remote.origins() == Texts{"a"});
  CHECK(remote.text_of("a") == published("a", "m.A"));
  CHECK(follower.targets() == Texts{"m.A"});
  CHECK(follower.entries() == 1);
}

TEST_CASE("an origin's file is replaced, and removed, in one step with the others") {
  Follower follower;
  RemoteFolder remote(follower.get());
  remote.stage("a", published("a", "m.A"));
  remote.stage("b", published("b", "m.B"));
  REQUIRE(!remote.apply().failed);
  remote.stage_removal("a");
  remote.stage_removal("gone");
  remote.stage("b", published("b", "m.C"));
  REQUIRE(!remote.apply().failed);
  CHECK(remote.origins() == Texts{"b"});
  CHECK(follower.targets() == Texts{"m.C"});

  remote.stage("b", published("b", "m.D"));
  remote.stage_removal("b");  // the last word counts
  remote.stage("c", published("c", "m.E"));
  remote.stage_removal("c");
  remote.stage("c", published("c", "m.F"));
  REQUIRE(!remote.apply().failed);
  CHECK(remote.origins() == Texts{"c"});
  CHECK(follower.targets() == Texts{"m.F"});
}

TEST_CASE("what was staged and is not applied is removed, also what a killed process left") {
  Follower follower;
  {
    RemoteFolder remote(follower.get());
    remote.stage("a", published("a", "m.A"));
    CHECK(follower.entries() == 1);
  }
  CHECK(follower.entries() == 0);

  follower.put(".reg/remote/.staged-0123456789abcdef/a.reg.json", "{}");
  RemoteFolder other(follower.get());
  other.stage("b", published("b", "m.B"));
  RemoteFolder remote(follower.get());
  remote.stage("c", published("c", "m.C"));
  REQUIRE(!remote.apply().failed);
  CHECK(!fs::exists(follower.folder() / ".staged-0123456789abcdef"));
  // What another one still wants stays.
  REQUIRE(!other.apply().failed);
  CHECK(remote.origins() == Texts{"b", "c"});
}

TEST_CASE("nothing is ever written but in that folder") {
  Follower follower;
  RemoteFolder remote(follower.get());
  for (const char* name : {"", "../a", "a/b", ".a", "-a", "a\n"}) {
    CHECK_THROWS_AS(remote.stage(name, "{}"), UsageError);
    CHECK_THROWS_AS(remote.stage_removal(name), UsageError);
    CHECK_THROWS_AS((void)remote.text_of(name), UsageError);
  }
  CHECK(!remote.has_staged());
  fs::create_directories(follower.path() / "else");
  fs::create_directory_symlink(follower.path() / "else", follower.folder());
  CHECK_THROWS_AS(remote.stage("a", "{}"), StorageError);
  CHECK(remote.origins().empty());
  CHECK(fs::is_empty(follower.path() / "else"));
}

TEST_CASE("a link in the place of an origin's file is replaced, and not followed") {
  Follower follower;
  follower.put("notes.txt", "mine");
  fs::create_directories(follower.folder());
  fs::create_symlink(follower.path() / "notes.txt", follower.folder() / "a.reg.json");
  RemoteFolder remote(follower.get());
  CHECK(remote.origins().empty());
  CHECK(!remote.text_of("a"));
  remote.stage("a", published("a", "m.A"));
  REQUIRE(!remote.apply().failed);
  CHECK(reg_test::read_file(follower.path() / "notes.txt") == "mine");
  CHECK(remote.origins() == Texts{"a"});
}

TEST_CASE("while another process has the workspace's lock, nothing is put in place") {
  Follower follower;
  follower.put("registry.toml",
               "[workspace]\nlock_timeout = 0.01\n[remote]\netcd = 'http://a'\nname = 'n'\n"
               "origin = 'me'\n");
  RemoteFolder remote(follower.get());
  remote.stage("a", published("a", "m.A"));
  {
    const auto held = WorkspaceLock::try_lock(follower.path());
    REQUIRE(held);
    CHECK_THROWS_AS((void)remote.apply(), StorageError);
  }
  CHECK(remote.origins().empty());
  CHECK(remote.has_staged());
  REQUIRE(!remote.apply().failed);
  CHECK(remote.origins() == Texts{"a"});
}

TEST_CASE("while another process has the cache's lock, nothing is put in place") {
  Follower follower;
  follower.put("registry.toml",
               "[workspace]\nlock_timeout = 0.01\n[remote]\netcd = 'http://a'\nname = 'n'\n"
               "origin = 'me'\n");
  RemoteFolder remote(follower.get());
  remote.stage("a", published("a", "m.A"));
  {
    const CacheLock held(follower.get().cache(), wait_for(std::chrono::milliseconds(0)));
    CHECK_THROWS_AS((void)remote.apply(), StorageError);
  }
  CHECK(remote.origins().empty());
  CHECK(remote.has_staged());
  REQUIRE(!remote.apply().failed);
  CHECK(remote.origins() == Texts{"a"});
}

TEST_CASE("what others put, changed or removed since it was looked at is left as they made it") {
  Follower follower;
  for (const char* origin : {"a", "b"})
    follower.put(".reg/remote/" + std::string(origin) + ".reg.json", published(origin, "m.Old"));
  RemoteFolder remote(follower.get());
  CHECK(remote.look().size() == 2);
  for (const char* origin : {"a", "c", "d"}) remote.stage(origin, published(origin, "m.Late"));
  remote.stage_removal("b");
  RemoteFolder other(follower.get());
  for (const char* origin : {"a", "b", "c"}) other.stage(origin, published(origin, "m.Newer"));
  REQUIRE(!other.apply().failed);
  CHECK(other.overtaken().empty());
  REQUIRE(!remote.apply().failed);
  CHECK(remote.overtaken() == Texts{"a", "c", "b"});
  for (const char* origin : {"a", "b", "c"})
    CHECK(remote.text_of(origin) == published(origin, "m.Newer"));
  CHECK(remote.text_of("d") == published("d", "m.Late"));
  // Once more, after another look, it is nobody's but theirs.
  CHECK(remote.look().size() == 4);
  remote.stage_removal("b");
  REQUIRE(!remote.apply().failed);
  CHECK(!remote.text_of("b"));
}

TEST_CASE("with nothing staged, what is in place comes into the cache") {
  Follower follower;
  follower.put(".reg/remote/a.reg.json", published("a", "m.A"));
  REQUIRE(look(follower.get()).changed.size() == 1);
  RemoteFolder remote(follower.get());
  REQUIRE(!remote.apply().failed);
  CHECK(follower.targets() == Texts{"m.A"});
}

TEST_CASE("the cache keeps the facts that it was written with") {
  Follower follower;
  follower.put("w.reg.toml",
               "[[symbols]]\nregistry = 'W'\ntarget = 'm.w'\nwhen = 'build == \"release\"'\n");
  AutoRegisterOptions options;
  options.define = Json{{"build", "release"}};
  REQUIRE(!follower.run(options).failed);
  RemoteFolder remote(follower.get());
  remote.stage("a", published("a", "m.A"));
  REQUIRE(!remote.apply().failed);
  CHECK(Cache::open(follower.get()).size() == 2);
}

TEST_CASE("a full run over what is followed gives the same bytes as the step that applied it") {
  Follower follower;
  RemoteFolder remote(follower.get());
  remote.stage("a", published("a", "m.A"));
  remote.stage("b", published("b", "m.B"));
  REQUIRE(!remote.apply().failed);
  remote.stage("b", published("b", "m.C"));
  REQUIRE(!remote.apply().failed);
  const std::string incremental = follower.cache();
  AutoRegisterOptions options;
  options.reuse = Reuse::Nothing;
  REQUIRE(!follower.run(options).failed);
  CHECK(follower.cache() == incremental);
}

}  // namespace
