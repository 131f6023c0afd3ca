#include <doctest/doctest.h>
#include <fleet/fake_etcd.h>
#include <own_keys.h>
#include <publisher.h>
#include <rapidcheck.h>

using namespace reg_test;
using reg::RemoteSettings;

namespace {

const Identity ours{"machine-a", "workspace-a"};

RemoteSettings settings(std::optional<std::chrono::seconds> lease = std::nullopt) {
  RemoteSettings remote;
  remote.etcd = {"http://localhost:1"};
  remote.name = "shared";
  remote.origin = "host-1";
  remote.lease = lease;
  return remote;
}

// Lines that are divided into several chunks.
std::string text_of(unsigned seed, std::size_t lines = 3000) {
  std::string text;
  for (std::size_t line = 0; line < lines; ++line)
    text += "{\"line\":" + std::to_string(line * 2654435761U % 1000003) +
            ",\"seed\":" + std::to_string(line % 500 == 0 ? seed : 0) + "}\n";
  return text;
}

// What a follower would read; nullopt: there is no head, or it lists what is not there.
std::optional<std::string> readable(const FakeEtcd& etcd, const std::string& origin = "host-1") {
  const Keys keys("shared");
  const auto all = etcd.now();
  const auto kv = all.find(keys.head(origin));
  if (kv == all.end()) return std::nullopt;
  const auto head = Head::from(kv->second.value);
  REQUIRE(head);
  std::string text;
  for (const std::string& id : head->chunks) {
    const auto chunk = all.find(keys.chunk(origin, id));
    if (chunk == all.end() || chunk->second.lease != kv->second.lease) return std::nullopt;
    text += unpacked(chunk->second.value, id).value();
  }
  return text;
}

// Keys that no head lists.
std::size_t remains(const FakeEtcd& etcd) {
  const auto all = etcd.now();
  const auto kv = all.find(Keys("shared").head("host-1"));
  if (kv == all.end()) return all.size();
  const auto head = Head::from(kv->second.value).value();
  const std::set<std::string> listed(head.chunks.begin(), head.chunks.end());
  return all.size() - 1 - listed.size();
}

}  // namespace

TEST_CASE("what is published can be read, and the same again puts nothing") {
  FakeEtcd etcd;
  const RemoteSettings remote = settings();
  Publisher publisher(etcd, remote, ours);
  const Published first = publisher.publish(text_of(1), 3000, TakeOver::No);
  CHECK(readable(etcd) == text_of(1));
  CHECK(first.chunks_put == first.chunks);
  CHECK_FALSE(first.unchanged);
  const std::size_t puts = etcd.puts;
  const Published second = publisher.publish(text_of(1), 3000, TakeOver::No);
  CHECK(second.unchanged);
  CHECK(second.revision == first.revision);
  CHECK(etcd.puts == puts);
}

TEST_CASE("another text takes the place of the first, of which nothing stays") {
  FakeEtcd etcd;
  const RemoteSettings remote = settings();
  Publisher publisher(etcd, remote, ours);
  publisher.publish(text_of(1), 3000, TakeOver::No);
  publisher.publish(text_of(2, 10), 10, TakeOver::No);
  CHECK(readable(etcd) == text_of(2, 10));
  CHECK(remains(etcd) == 0);
}

TEST_CASE("large texts are put in several transactions that etcd takes") {
  FakeEtcd etcd;
  const RemoteSettings remote = settings();
  std::string text;
  std::uint64_t state = 1;
  while (text.size() < (std::size_t{12} << 20)) {
    for (int at = 0; at < 90; ++at) {
      state = state * 6364136223846793005U + 1442695040888963407U;
      text += static_cast<char>('!' + (state >> 58));
    }
    text += '\n';
  }
  const Published published = Publisher(etcd, remote, ours).publish(text, 5, TakeOver::No);
  CHECK(published.chunks > 8);
  CHECK(readable(etcd) == text);
}

TEST_CASE("another machine's origin is refused with who has it, or taken over when that is said") {
  FakeEtcd etcd;
  const RemoteSettings remote = settings();
  const Identity theirs{"machine-b", "workspace-b"};
  Publisher(etcd, remote, theirs).publish(text_of(1), 1, TakeOver::No);
  Publisher publisher(etcd, remote, ours);
  std::string message;
  try {
    publisher.publish(text_of(2), 1, TakeOver::No);
  } catch (const reg::InputError& error) {
    message = error.what();
    CHECK(error.hint().find("--force") != std::string::npos);
  }
  CHECK(message.find("machine-") != std::string::npos);
  CHECK_THROWS_AS(publisher.withdraw(TakeOver::No), reg::InputError);
  CHECK(readable(etcd) == text_of(1));
  publisher.publish(text_of(2), 1, TakeOver::Yes);
  CHECK(readable(etcd) == text_of(2));
}

TEST_CASE("another workspace of the same machine is told of, and replaced") {
  FakeEtcd etcd;
  const RemoteSettings remote = settings();
  const Identity other{"machine-a", "workspace-b"};
  Publisher(etcd, remote, other).publish(text_of(1), 1, TakeOver::No);
  const Published published = Publisher(etcd, remote, ours).publish(text_of(1), 1, TakeOver::No);
  CHECK(published.warnings.size() == 1);
  CHECK_FALSE(published.unchanged);
}

TEST_CASE("a head that cannot be read is nobody's to replace unasked") {
  FakeEtcd etcd;
  const RemoteSettings remote = settings();
  etcd.set(Keys("shared").head("host-1"), "what?");
  Publisher publisher(etcd, remote, ours);
  CHECK_THROWS_AS(publisher.publish(text_of(1), 1, TakeOver::No), reg::InputError);
  publisher.publish(text_of(1), 1, TakeOver::Yes);
  CHECK(readable(etcd) == text_of(1));
}

TEST_CASE("head and chunks share one lease, which is kept where it lives and replaced where not") {
  FakeEtcd etcd;
  const RemoteSettings remote = settings(std::chrono::seconds(60));
  Publisher publisher(etcd, remote, ours);
  publisher.publish(text_of(1), 1, TakeOver::No);
  const std::int64_t lease = etcd.now().begin()->second.lease;
  CHECK(lease != 0);
  publisher.publish(text_of(2), 1, TakeOver::No);
  CHECK(readable(etcd) == text_of(2));
  CHECK(etcd.now().begin()->second.lease == lease);

  SUBCASE("without a lease, nothing hangs on the old one") {
    const RemoteSettings lasting = settings();
    Publisher(etcd, lasting, ours).publish(text_of(2), 1, TakeOver::No);
    etcd.expire_all();
    CHECK(readable(etcd) == text_of(2));
  }
  SUBCASE("with another one, nothing does either") {
    const RemoteSettings longer = settings(std::chrono::seconds(90));
    Publisher(etcd, longer, ours).publish(text_of(2), 1, TakeOver::No);
    etcd.expire(lease);
    CHECK(readable(etcd) == text_of(2));
  }
  SUBCASE("when it is over, all is put again") {
    etcd.expire_all();
    CHECK(etcd.now().empty());
    publisher.publish(text_of(2), 1, TakeOver::No);
    CHECK(readable(etcd) == text_of(2));
  }
  SUBCASE("when it ends in the middle, another one is taken") {
    std::size_t left = 4;
    etcd.fate = [&] {
      if (left-- == 1) etcd.expire_all();
      return Fate::Well;
    };
    publisher.publish(text_of(3), 1, TakeOver::No);
    CHECK(readable(etcd) == text_of(3));
  }
}

TEST_CASE("what is withdrawn is gone with its chunks, and a second time there was nothing") {
  FakeEtcd etcd;
  const RemoteSettings remote = settings();
  Publisher publisher(etcd, remote, ours);
  publisher.publish(text_of(1), 1, TakeOver::No);
  CHECK(publisher.withdraw(TakeOver::No).removed);
  CHECK(etcd.now().empty());
  CHECK_FALSE(publisher.withdraw(TakeOver::No).removed);
}

TEST_CASE("who withdraws another machine's origin is told whose it was") {
  FakeEtcd etcd;
  const RemoteSettings remote = settings();
  Publisher(etcd, remote, {"machine-b", "workspace-b"}).publish(text_of(1), 1, TakeOver::No);
  const Withdrawn done = Publisher(etcd, remote, ours).withdraw(TakeOver::Yes);
  CHECK(done.removed);
  CHECK(done.of_other.find("machine-") != std::string::npos);
}

TEST_CASE("what another workspace of the machine published is not withdrawn unasked") {
  FakeEtcd etcd;
  const RemoteSettings remote = settings(std::chrono::seconds(60));
  Publisher(etcd, remote, {"machine-a", "workspace-b"}).publish(text_of(1), 1, TakeOver::No);
  Publisher publisher(etcd, remote, ours);
  CHECK_THROWS_AS(publisher.withdraw(TakeOver::No), reg::InputError);
  CHECK(readable(etcd) == text_of(1));
  const Withdrawn done = publisher.withdraw(TakeOver::Yes);
  CHECK(done.removed);
  CHECK(done.had_lease);
  CHECK(done.of_other.find("another workspace") != std::string::npos);
}

TEST_CASE("chunks that were damaged are put anew by force, and the head with them") {
  FakeEtcd etcd;
  const RemoteSettings remote = settings();
  Publisher publisher(etcd, remote, ours);
  const Published first = publisher.publish(text_of(1), 3000, TakeOver::No);
  etcd.set(Keys("shared").chunk("host-1", chunks_of(text_of(1)).front().id), "damaged");
  const Published forced = publisher.publish(text_of(1), 3000, TakeOver::Yes);
  CHECK(forced.chunks_put == forced.chunks);
  CHECK_FALSE(forced.unchanged);
  CHECK(forced.revision > first.revision);
  CHECK(readable(etcd) == text_of(1));
}

TEST_CASE("a lease for what could not be put is given back") {
  FakeEtcd etcd;
  const RemoteSettings remote = settings(std::chrono::seconds(60));
  etcd.on_txn = [] { throw EtcdError(EtcdError::Reason::Denied, "permission denied"); };
  CHECK_THROWS_AS(Publisher(etcd, remote, ours).publish(text_of(1), 1, TakeOver::No), EtcdError);
  CHECK(etcd.leases() == 0);
}

TEST_CASE("the text is noted before others can have it, and not while they cannot") {
  FakeEtcd etcd;
  const RemoteSettings remote = settings();
  Publisher publisher(etcd, remote, ours);
  publisher.publish(text_of(1), 1, TakeOver::No);
  for (int death = 0; death < 8; ++death) {
    int left = death;
    etcd.fate = [&left] { return left-- == 0 ? Fate::LostAfterwards : Fate::Well; };
    bool noted = false, whole = false;
    const std::string text = text_of(static_cast<unsigned>(death) + 10);
    try {
      publisher.publish(text, 1, TakeOver::No, [&] {
        noted = true;
        whole = readable(etcd) == text;
      });
    } catch (const EtcdError&) {
      CHECK(death <= 1);  // before anything is known of etcd, there is nothing to try again
    }
    etcd.fate = [] { return Fate::Well; };
    CHECK_FALSE(whole);
    CHECK((noted || readable(etcd) != text));
  }
}

TEST_CASE(
    "a generation of more chunks than one transaction can check is whole whenever it is seen") {
  // Each line is a chunk.
  std::string text;
  for (int line = 0; line < 130; ++line)
    text += std::to_string(line) + std::string(std::size_t{140} << 10, '.') + '\n';
  REQUIRE(chunks_of(text).size() == 130);
  const RemoteSettings remote = settings();
  bool met = true;
  for (int moment = 0; met; ++moment) {
    FakeEtcd etcd;
    Publisher first(etcd, remote, ours), second(etcd, remote, {"machine-a", "workspace-b"});
    second.publish(text_of(1, 10), 1, TakeOver::No);
    // What the second read before is removed at that moment, as its head's remains.
    const Keys keys("shared");
    const Compare head{.key = keys.head("host-1"),
                       .revision = etcd.now().at(keys.head("host-1")).mod_revision};
    const std::string doomed = chunks_of(text).front().id;
    int left = moment;
    met = false;
    etcd.fate = [&] {
      if (left-- == 0) {
        met = true;
        remove_chunks(etcd, keys, "host-1", head, {doomed});
      }
      const auto now = etcd.now();
      CHECK((Head::from(now.at(keys.head("host-1")).value)->chunks.size() == 1 ||
             readable(etcd) == text));
      return Fate::Well;
    };
    first.publish(text, 1, TakeOver::No);
    etcd.fate = [] { return Fate::Well; };
    CHECK(readable(etcd) == text);
    CHECK(remains(etcd) == 0);
  }
}

TEST_CASE(
    "a publisher killed between any two calls leaves a whole generation, and the next no rest") {
  rc::check([](bool leased) {
    FakeEtcd etcd;
    const RemoteSettings remote =
        settings(leased ? std::optional(std::chrono::seconds(60)) : std::nullopt);
    Publisher publisher(etcd, remote, ours);
    publisher.publish(text_of(1), 1, TakeOver::No);
    std::optional<std::string> last = text_of(1);
    const auto deaths = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 12));
    for (std::size_t run = 0; run < deaths.size(); ++run) {
      int left = deaths[run];
      etcd.fate = [&] { return left-- == 0 ? Fate::Killed : Fate::Well; };
      const std::string text = text_of(static_cast<unsigned>(run) + 2, 500 + 100 * run);
      try {
        publisher.publish(text, 1, TakeOver::No);
      } catch (const Killed&) {
        RC_ASSERT(readable(etcd) == last || readable(etcd) == text);
      }
      last = readable(etcd);
      RC_ASSERT(last.has_value());
    }
    etcd.fate = [] { return Fate::Well; };
    publisher.publish(text_of(99), 1, TakeOver::No);
    RC_ASSERT(readable(etcd) == text_of(99));
    RC_ASSERT(remains(etcd) == 0U);
  });
}

TEST_CASE("an answer that is lost is looked at again: what came of it is what counts") {
  rc::check([] {
    FakeEtcd etcd;
    const RemoteSettings remote = settings(std::chrono::seconds(60));
    Publisher publisher(etcd, remote, ours);
    publisher.publish(text_of(1), 1, TakeOver::No);
    auto fates = *rc::gen::container<std::vector<Fate>>(
        rc::gen::element(Fate::Well, Fate::Well, Fate::Well, Fate::Lost, Fate::LostAfterwards));
    etcd.fate = [&] {
      if (fates.empty()) return Fate::Well;
      const Fate next = fates.back();
      fates.pop_back();
      return next;
    };
    bool published = false;
    try {
      publisher.publish(text_of(2), 1, TakeOver::No);
      published = true;
    } catch (const EtcdError& error) {
      RC_ASSERT(error.reason() == EtcdError::Reason::Unreachable);
    }
    const auto now = readable(etcd);
    RC_ASSERT(now == text_of(2) || (!published && now == text_of(1)));
  });
}

TEST_CASE("two publishers at the same time leave one whole generation of either") {
  rc::check([] {
    FakeEtcd etcd;
    const RemoteSettings remote = settings();
    const Identity other{"machine-a", "workspace-b"};
    Publisher first(etcd, remote, ours), second(etcd, remote, other);
    first.publish(text_of(1), 1, TakeOver::No);
    // The second publishes whole between two calls of the first.
    int left = *rc::gen::inRange(0, 8);
    etcd.fate = [&] {
      if (left-- == 0) second.publish(text_of(3), 1, TakeOver::No);
      return Fate::Well;
    };
    first.publish(text_of(2), 1, TakeOver::No);
    RC_ASSERT(readable(etcd) == text_of(2) || readable(etcd) == text_of(3));
    second.publish(text_of(3), 1, TakeOver::No);
    RC_ASSERT(readable(etcd) == text_of(3));
    RC_ASSERT(remains(etcd) == 0U);
  });
}
