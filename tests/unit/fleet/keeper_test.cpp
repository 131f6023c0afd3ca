#include <doctest/doctest.h>
#include <fleet/fake_etcd.h>
#include <keeper.h>
#include <scratch.h>

using namespace reg_test;
using reg::RemoteSettings;

namespace {

const std::string text =
    R"({"reg":1,"published":{"format":1,"origin":"me"},"registries":[],"symbols":[{},{}]})";

struct Host {
  ScratchFolder scratch;
  FakeEtcd etcd;
  RemoteSettings remote;
  Identity identity{"machine-a", "workspace-a"};
  WorkspaceFiles files = files_in_scratch();
  Keeper keeper{etcd, remote, identity, files};

  explicit Host(std::optional<std::chrono::seconds> lease) {
    remote.name = "shared";
    remote.origin = "me";
    remote.publish = {"**"};
    remote.lease = lease;
  }
  WorkspaceFiles files_in_scratch() {
    write_file(scratch / "registry.toml", "");
    return WorkspaceFiles(reg::Workspace::at(scratch.path()));
  }
  void publish() {
    Publisher(etcd, remote, identity).publish(text, 2, TakeOver::No);
    files.set_published(note_of(text, 2, remote));
  }
  // As a follower would have read it.
  std::optional<KeyValue> head() const {
    const auto all = etcd.now();
    const auto found = all.find(Keys("shared").head("me"));
    return found == all.end() ? std::nullopt : std::optional(found->second);
  }
  Kept keep() {
    const std::optional<KeyValue> now = head();
    return keeper.keep(now ? &*now : nullptr);
  }
};

}  // namespace

TEST_CASE("the lease of the own head is kept alive") {
  Host host(std::chrono::seconds(30));
  host.publish();
  const std::size_t before = host.etcd.kept_alive[host.head()->lease];
  const Kept kept = host.keep();
  CHECK(kept.ttl == std::chrono::seconds(30));
  CHECK(kept.lease == host.head()->lease);
  CHECK_FALSE(kept.restored);
  CHECK(host.etcd.kept_alive[host.head()->lease] == before + 1);
}

TEST_CASE("what is gone is put again with a lease that lives") {
  Host host(std::chrono::seconds(30));
  host.publish();
  host.etcd.expire_all();
  REQUIRE_FALSE(host.head());
  const Kept kept = host.keep();
  CHECK(kept.restored);
  CHECK(kept.lease == host.head().value().lease);
  const auto head = Head::from(host.head().value().value);
  REQUIRE(head);
  CHECK(head->symbols == 2);
  CHECK(head->bytes == text.size());
  CHECK(host.keep().ttl == std::chrono::seconds(30));
}

TEST_CASE("without a lease, what is gone was withdrawn, which is told once") {
  Host host(std::nullopt);
  host.publish();
  // It was read before this.
  CHECK(host.keeper.keep(nullptr).warning.empty());
  CHECK(host.files.published());
  host.etcd.erase(Keys("shared").head("me"));
  const Kept kept = host.keep();
  CHECK_FALSE(kept.restored);
  CHECK(kept.warning.find("withdrawn elsewhere") != std::string::npos);
  CHECK(host.keep().warning.empty());
  CHECK_FALSE(host.head());
  CHECK_FALSE(host.files.published());
}

TEST_CASE("what was never published, or was withdrawn, is not put") {
  Host host(std::chrono::seconds(30));
  CHECK_FALSE(host.keep().restored);
  host.publish();
  host.etcd.expire_all();
  host.files.remove_published();
  CHECK_FALSE(host.keep().restored);
  CHECK(host.etcd.now().empty());
}

TEST_CASE("who publishes just now is not interfered with") {
  Host host(std::chrono::seconds(30));
  host.publish();
  host.etcd.expire_all();
  {
    const reg::FileLock lock = host.files.publish_lock();
    CHECK_FALSE(host.keep().restored);
  }
  CHECK(host.keep().restored);
}

TEST_CASE("an origin that another machine took over is left to it, which is told once") {
  Host host(std::chrono::seconds(30));
  host.publish();
  const Identity other{"machine-b", "workspace-b"};
  Publisher(host.etcd, host.remote, other).publish("other\n", 1, TakeOver::Yes);
  const std::int64_t revision = host.etcd.revision();
  CHECK(host.keep().warning.find("machine-") != std::string::npos);
  CHECK(host.keep().warning.empty());
  CHECK(host.etcd.revision() == revision);
  // Not even when the other one is withdrawn.
  host.etcd.erase(Keys("shared").head("me"));
  CHECK_FALSE(host.keep().restored);
  CHECK_FALSE(host.head());
}

TEST_CASE("an origin that was taken back since its head was read is kept") {
  Host host(std::nullopt);
  host.publish();
  Publisher(host.etcd, host.remote, {"machine-b", "workspace-b"})
      .publish("other\n", 1, TakeOver::Yes);
  const KeyValue theirs = host.head().value();
  Publisher(host.etcd, host.remote, host.identity).publish(text, 2, TakeOver::Yes);
  CHECK(host.keeper.keep(&theirs).warning.empty());
  CHECK(host.files.published());
}

TEST_CASE("a head that cannot be read is told of once, and nothing is given up") {
  Host host(std::nullopt);
  host.publish();
  host.etcd.set(Keys("shared").head("me"), "what?");
  CHECK(host.keep().warning.find("cannot be read") != std::string::npos);
  CHECK(host.keep().warning.empty());
  CHECK(host.files.published());
}

TEST_CASE("what was published under another origin is not put under this one") {
  Host host(std::chrono::seconds(30));
  host.files.set_published(note_of(text, 2, host.remote));
  SUBCASE("of the same shared registry") { host.remote.origin = "renamed"; }
  SUBCASE("of another one") { host.remote.name = "elsewhere"; }
  const Kept kept = host.keep();
  CHECK_FALSE(kept.restored);
  CHECK(kept.warning.find("\"me\" of \"shared\"") != std::string::npos);
  CHECK(host.keep().warning.empty());
  CHECK(host.etcd.now().empty());
  CHECK(host.files.published());
}

TEST_CASE("what is noted of a publication is read again, and what is none is not") {
  Host host(std::chrono::seconds(30));
  host.files.set_published(note_of(text, 2, host.remote));
  const PublishedNote note = host.files.published().value();
  CHECK(note.is_of(host.remote));
  CHECK(note.lease == std::chrono::seconds(30));
  CHECK(note.symbols == 2);
  CHECK(note.text == text);
  for (const char* wrong : {"", "{}", "{\"put\":", "{\"put\":{},\n}", "{\"put\":[,\n}"})
    CHECK_FALSE(published_note(wrong));
}

TEST_CASE("what is put again has the lease that it was published with") {
  Host host(std::chrono::seconds(30));
  host.publish();
  host.remote.lease = std::chrono::seconds(90);
  host.etcd.expire_all();
  CHECK(host.keep().ttl == std::chrono::seconds(30));
  CHECK(Head::from(host.head().value().value)->lease == "30s");
  host.remote.lease = std::nullopt;
  host.etcd.expire_all();
  CHECK(host.keep().restored);
}
