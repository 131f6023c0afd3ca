#include <doctest/doctest.h>
#include <fleet/fake_etcd.h>
#include <follower.h>
#include <publisher.h>
#include <rapidcheck.h>
#include <text/hash.h>

using namespace reg_test;
using reg::RemoteSettings;

namespace {

// A folder in memory, which remembers every text that was ever to be seen.
class FakeShelf : public Shelf {
 public:
  std::map<std::string, std::string> texts, staged;
  std::map<std::string, std::string> seen;  // when it was looked at last
  std::set<std::string> removals;
  std::vector<std::string> late;
  std::string unreadable, unwritable;  // origins
  std::size_t applied = 0;
  std::function<void()> on_apply = [] {};
  bool fails = false;  // what applying reports
  std::function<void(const std::string& origin, const std::string& text)> on_stage =
      [](const auto&, const auto&) {};

  std::vector<std::string> origins() const override {
    std::vector<std::string> names;
    for (const auto& [origin, text] : texts) names.push_back(origin);
    return names;
  }
  // The marks tell the texts apart.
  std::map<std::string, reg::FileMark> look() override {
    std::map<std::string, reg::FileMark> marks;
    for (const auto& [origin, text] : texts)
      marks[origin] = {text.size(), 0, 0, reg::hash_of(text)};
    seen = texts;
    return marks;
  }
  std::optional<std::string> text_of(const std::string& origin) const override {
    if (origin == unreadable) throw reg::StorageError(reg::ErrorKind::Io, "cannot be read");
    const auto found = texts.find(origin);
    return found == texts.end() ? std::nullopt : std::optional(found->second);
  }
  std::vector<reg::Diagnostic> problems(std::string_view text, const std::string&) const override {
    if (text.starts_with("huge")) throw std::bad_alloc();
    if (!text.starts_with("bad")) return {};
    reg::Diagnostic problem;
    problem.place.line = 3;
    problem.message = "it is bad";
    return {problem};
  }
  void stage(const std::string& origin, std::string_view text) override {
    if (origin == unwritable) throw reg::StorageError(reg::ErrorKind::Io, "no space is left");
    staged[origin] = text;
    removals.erase(origin);
    on_stage(origin, std::string(text));
  }
  void stage_removal(const std::string& origin) override {
    staged.erase(origin);
    removals.insert(origin);
  }
  bool has_staged() const override { return !staged.empty() || !removals.empty(); }
  reg::AutoRegisterReport apply() override {
    on_apply();
    late.clear();
    for (const auto& [origin, text] : staged)
      if (is_as_seen(origin)) texts[origin] = text;
    for (const std::string& origin : removals)
      if (is_as_seen(origin)) texts.erase(origin);
    drop();
    ++applied;
    reg::AutoRegisterReport report;
    report.failed = fails;
    return report;
  }
  const std::vector<std::string>& overtaken() const override { return late; }
  void drop() override {
    staged.clear();
    removals.clear();
  }

 private:
  bool is_as_seen(const std::string& origin) {
    const auto before = seen.find(origin), now = texts.find(origin);
    const bool same = before == seen.end() ? now == texts.end()
                                           : now != texts.end() && now->second == before->second;
    if (!same) late.push_back(origin);
    return same;
  }
};

RemoteSettings settings_of(const std::string& origin) {
  RemoteSettings remote;
  remote.etcd = {"http://localhost:1"};
  remote.name = "shared";
  remote.origin = origin;
  remote.publish = {"**"};
  return remote;
}

std::string text_of(unsigned seed, std::size_t lines = 2000) {
  std::string text;
  for (std::size_t line = 0; line < lines; ++line)
    text += "{\"line\":" + std::to_string(line * 2654435761U % 1000003) +
            ",\"seed\":" + std::to_string(line % 400 == 0 ? seed : 0) + "}\n";
  return text;
}

struct Fleet {
  FakeEtcd etcd;
  FakeShelf shelf;
  RemoteSettings remote = settings_of("me");
  Follower::Clock::time_point now = Follower::Clock::now();
  Follower follower{etcd, remote, shelf, [this] { return now; }};
  std::map<std::string, std::string> published;

  void publish(const std::string& origin, const std::string& text) {
    const RemoteSettings theirs = settings_of(origin);
    const Identity who{"machine-of-" + origin, "workspace"};
    Publisher(etcd, theirs, who).publish(text, 1, TakeOver::Yes);
    published[origin] = text;
  }
  void withdraw(const std::string& origin) {
    const RemoteSettings theirs = settings_of(origin);
    const Identity who{"machine-of-" + origin, "workspace"};
    Publisher(etcd, theirs, who).withdraw(TakeOver::Yes);
    published.erase(origin);
  }
  std::map<std::string, std::string> expected() const {
    std::map<std::string, std::string> others = published;
    others.erase("me");
    return others;
  }
};

}  // namespace

TEST_CASE("what others publish is taken, and then only what changed") {
  Fleet fleet;
  fleet.publish("a", text_of(1));
  fleet.publish("b", text_of(2));
  fleet.publish("me", text_of(3));
  const Synced first = fleet.follower.sync();
  CHECK(first.is_complete());
  CHECK(first.origins == 2);
  CHECK(first.taken == 2);
  CHECK(fleet.shelf.texts == fleet.expected());

  const std::size_t calls = fleet.etcd.calls;
  const Synced quiet = fleet.follower.sync();
  CHECK(fleet.etcd.calls == calls + 1);
  CHECK_FALSE(quiet.report);

  std::string changed = text_of(1);
  changed.insert(changed.rfind('{'), "{\"one\":\"line\"}\n");
  fleet.publish("a", changed);
  const Synced second = fleet.follower.sync();
  CHECK(second.taken == 1);
  CHECK(second.chunks <= 2);
  CHECK(second.chunks < first.chunks);
  CHECK(fleet.shelf.texts == fleet.expected());

  fleet.withdraw("b");
  CHECK(fleet.follower.sync().removed == 1);
  CHECK(fleet.shelf.texts == fleet.expected());
}

TEST_CASE("a follower that is started anew fetches only what it does not have") {
  Fleet fleet;
  fleet.publish("a", text_of(1));
  fleet.follower.sync();
  Follower again(fleet.etcd, fleet.remote, fleet.shelf);
  const Synced synced = again.sync();
  CHECK(synced.chunks == 0);
  CHECK(synced.report);  // the cache may be behind
}

TEST_CASE("a file that was removed by hand comes back, and the own one goes") {
  Fleet fleet;
  fleet.publish("a", text_of(1));
  fleet.follower.sync();
  fleet.shelf.texts = {{"me", "old"}};
  fleet.follower.sync();
  CHECK(fleet.shelf.texts == fleet.expected());
}

TEST_CASE("what cannot be taken is told of once with its key, and what was there stays") {
  Fleet fleet;
  fleet.publish("a", text_of(1));
  fleet.follower.sync();
  const Keys keys("shared");
  std::string key = keys.head("a"), why;
  SUBCASE("a head that is none") { fleet.etcd.set(key, "{}"); }
  SUBCASE("a text that is no source") {
    fleet.publish("a", "bad");
    why = "line 3: it is bad";
  }
  SUBCASE("a chunk that is another one") {
    fleet.publish("a", text_of(7));
    const std::string chunk = keys.chunk("a", chunks_of(text_of(7)).front().id);
    fleet.etcd.set(chunk, packed("something else"));
    why = "damaged";
  }
  SUBCASE("a head of more bytes than its chunks have") {
    Head head = Head::from(fleet.etcd.now().at(key).value).value();
    ++head.bytes;
    head.chunks.front() = chunks_of(text_of(9)).front().id;
    fleet.etcd.set(keys.chunk("a", head.chunks.front()),
                   packed(chunks_of(text_of(9)).front().text));
    fleet.etcd.set(key, head.to_text());
    why = "than its head says";
  }
  SUBCASE("a name that is no origin's") {
    key = keys.heads() + "../x";
    fleet.etcd.set(key, "{}");
    why = "no name of an origin";
  }
  const Synced synced = fleet.follower.sync();
  CHECK(synced.left == 1);
  CHECK_FALSE(synced.is_complete());
  REQUIRE(synced.warnings.size() == 1);
  CHECK(synced.warnings.front().find(key) == 0);
  CHECK(synced.warnings.front().find(why) != std::string::npos);
  CHECK(fleet.shelf.texts.at("a") == text_of(1));
  const Synced next = fleet.follower.sync();
  CHECK(next.warnings.empty());
  CHECK(next.left == 1);
  fleet.publish("a", text_of(8));
  if (key != keys.head("a")) fleet.etcd.erase(key);
  CHECK(fleet.follower.sync().is_complete());
  CHECK(fleet.shelf.texts == fleet.expected());
}

TEST_CASE("a text for which there is not enough memory is one origin's refusal") {
  Fleet fleet;
  fleet.publish("a", "huge\n");
  fleet.publish("b", text_of(1));
  const Synced synced = fleet.follower.sync();
  CHECK(synced.left == 1);
  REQUIRE(synced.warnings.size() == 1);
  CHECK(synced.warnings.front().find("memory") != std::string::npos);
  CHECK(fleet.shelf.texts.at("b") == text_of(1));
}

TEST_CASE("an answer with fewer heads than it counts takes nobody away") {
  Fleet fleet;
  fleet.publish("a", text_of(1));
  fleet.publish("b", text_of(2));
  CHECK(fleet.follower.sync().is_complete());
  fleet.etcd.on_range = [](RangeAnswer& answer) {
    if (!answer.kvs.empty()) answer.kvs.pop_back();
  };
  Follower anew(fleet.etcd, fleet.remote, fleet.shelf);
  CHECK(anew.sync().lost);
  CHECK(fleet.shelf.texts.size() == 2);
}

TEST_CASE("a chunk that is not there is looked for again, then told of, and taken when it comes") {
  Fleet fleet;
  const std::string text = text_of(1);
  fleet.publish("a", text);
  const Chunk chunk = chunks_of(text).front();
  const std::string key = Keys("shared").chunk("a", chunk.id);
  fleet.etcd.erase(key);
  const Synced first = fleet.follower.sync();
  CHECK(first.again);
  CHECK(first.warnings.empty());
  const Synced second = fleet.follower.sync();
  CHECK_FALSE(second.again);
  CHECK(second.warnings.size() == 1);
  fleet.etcd.set(key, packed(chunk.text));
  CHECK(fleet.follower.sync().left == 1);
  fleet.now += std::chrono::seconds(2);
  CHECK(fleet.follower.sync().is_complete());
  CHECK(fleet.shelf.texts == fleet.expected());
}

TEST_CASE(
    "what has a hole is not fetched again and again: the hole alone is asked for, ever less") {
  Fleet fleet;
  const std::string text = text_of(1, 12'000);
  fleet.publish("a", text);
  const std::vector<Chunk> chunks = chunks_of(text);
  REQUIRE(chunks.size() > 2);
  fleet.etcd.erase(Keys("shared").chunk("a", chunks[1].id));
  std::size_t fetched = fleet.follower.sync().chunks;
  CHECK(fetched == chunks.size() - 1);
  const std::size_t gets = fleet.etcd.gets;
  const std::size_t calls = fleet.etcd.calls;
  constexpr int rounds = 300;
  std::size_t warnings = 0;
  for (int round = 0; round < rounds; ++round) {
    const Synced synced = fleet.follower.sync();
    CHECK(synced.left == 1);
    warnings += synced.warnings.size();
    fleet.now += std::chrono::seconds(1);
  }
  CHECK(warnings == 1);
  CHECK(fleet.etcd.gets == gets);
  // Besides one for the heads in each round: after 2, 4, … 32 s, and then each minute.
  CHECK(fleet.etcd.calls - calls - rounds <= 11);
}

TEST_CASE("what one origin's file or text cannot be here is no other origin's") {
  Fleet fleet;
  fleet.publish("a", text_of(1));
  fleet.publish("b", text_of(2));
  fleet.follower.sync();
  fleet.publish("a", text_of(3));
  fleet.publish("b", text_of(4));
  SUBCASE("because it cannot be read") { fleet.shelf.unreadable = "a"; }
  SUBCASE("because it cannot be written") { fleet.shelf.unwritable = "a"; }
  const Synced synced = fleet.follower.sync();
  CHECK(synced.left == 1);
  CHECK(synced.taken == 1);
  REQUIRE(synced.warnings.size() == 1);
  CHECK(synced.warnings.front().find("heads/a: ") != std::string::npos);
  CHECK(fleet.shelf.texts["b"] == text_of(4));
  CHECK(fleet.shelf.texts["a"] == text_of(1));
  CHECK(fleet.follower.sync().warnings.empty());
  fleet.shelf.unreadable.clear();
  fleet.shelf.unwritable.clear();
  fleet.now += std::chrono::seconds(4);
  CHECK(fleet.follower.sync().is_complete());
  CHECK(fleet.shelf.texts == fleet.expected());
}

TEST_CASE("a text that is changed by hand is put right again") {
  Fleet fleet;
  fleet.publish("a", text_of(1));
  fleet.follower.sync();
  CHECK(fleet.follower.sync().taken == 0);
  fleet.shelf.texts["a"] = text_of(2);
  CHECK(fleet.follower.sync().taken == 1);
  CHECK(fleet.shelf.texts == fleet.expected());
}

TEST_CASE("what another follower brought meanwhile is newer, and is not overwritten") {
  Fleet fleet;
  fleet.publish("a", text_of(1));
  fleet.publish("b", text_of(2));
  fleet.follower.sync();
  fleet.publish("a", text_of(3));
  fleet.withdraw("b");
  // Between this one's reading and applying, others publish, and another one follows.
  bool met = false;
  fleet.shelf.on_apply = [&] {
    if (std::exchange(met, true)) return;
    fleet.publish("a", text_of(4));
    fleet.publish("b", text_of(5));
    fleet.shelf.texts = fleet.expected();
  };
  const Synced synced = fleet.follower.sync();
  CHECK(synced.again);
  CHECK(synced.taken == 0);
  CHECK(synced.removed == 0);
  CHECK(fleet.shelf.texts == fleet.expected());
  CHECK(fleet.follower.sync().is_complete());
  CHECK(fleet.shelf.texts == fleet.expected());
}

TEST_CASE("an etcd whose revisions come again is seen when all heads are read") {
  Fleet fleet;
  fleet.publish("a", text_of(1));
  const FakeEtcd::Snapshot snapshot = fleet.etcd.snapshot();
  fleet.publish("a", text_of(2));
  CHECK(fleet.follower.sync().taken == 1);
  // What it was set back to goes on to the same revision, with another text.
  fleet.etcd.restore(snapshot);
  fleet.publish("a", text_of(3));
  fleet.now += std::chrono::minutes(11);
  CHECK(fleet.follower.sync().taken == 1);
  CHECK(fleet.shelf.texts == fleet.expected());
}

TEST_CASE("who publishes nothing takes the origin that is called as its own would be") {
  Fleet fleet;
  fleet.remote.publish.clear();
  fleet.publish("me", text_of(1));
  CHECK(fleet.follower.sync().taken == 1);
  CHECK(fleet.shelf.texts == fleet.published);
  CHECK(fleet.follower.sync().removed == 0);
}

TEST_CASE("another cluster, or one that was set back, is read anew") {
  Fleet fleet;
  fleet.publish("a", text_of(1));
  fleet.follower.sync();
  SUBCASE("another one") { fleet.etcd.cluster_id = 8; }
  SUBCASE("one whose heads came and went") {
    fleet.withdraw("a");
    fleet.publish("b", text_of(2));
  }
  fleet.publish("c", text_of(3));
  fleet.follower.sync();
  CHECK(fleet.shelf.texts == fleet.expected());
}

TEST_CASE("where the cache cannot be brought up to date, the next round tries again") {
  Fleet fleet;
  fleet.publish("a", text_of(1));
  SUBCASE("because something throws") {
    fleet.shelf.on_apply = [] {
      throw reg::StorageError(reg::ErrorKind::Locked, "the cache is locked");
    };
    const Synced synced = fleet.follower.sync();
    REQUIRE(synced.not_applied);
    CHECK(synced.not_applied->kind() == reg::ErrorKind::Locked);
    CHECK(fleet.shelf.texts.empty());
    CHECK_FALSE(fleet.shelf.has_staged());
    fleet.shelf.on_apply = [] {};
  }
  SUBCASE("because local sources are wrong") {
    fleet.shelf.fails = true;
    CHECK(fleet.follower.sync().report->failed);
    CHECK_FALSE(fleet.follower.sync(CatchUp::No).report);
    fleet.shelf.fails = false;
  }
  CHECK(fleet.follower.sync().is_complete());
  CHECK(fleet.shelf.texts == fleet.expected());
  CHECK_FALSE(fleet.follower.sync().report);
}

TEST_CASE("many origins are few requests") {
  Fleet fleet;
  for (int origin = 0; origin < 100; ++origin)
    fleet.publish("o" + std::to_string(origin), text_of(static_cast<unsigned>(origin), 10));
  const std::size_t calls = fleet.etcd.calls;
  CHECK(fleet.follower.sync().taken == 100);
  CHECK(fleet.etcd.calls <= calls + 2);
  CHECK(fleet.shelf.texts == fleet.expected());
}

TEST_CASE("whatever fails on the way, no half generation is staged, and quiet brings all of it") {
  rc::check([] {
    Fleet fleet;
    std::map<std::string, std::set<std::string>> ever;
    fleet.shelf.on_stage = [&](const std::string& origin, const std::string& text) {
      RC_ASSERT(ever[origin].count(text) == 1U);
    };
    bool busy = false;
    const auto origins = std::vector<std::string>{"a", "b", "c", "me"};
    const auto steps = *rc::gen::inRange(5, 40);
    for (int step = 0; step < steps; ++step) {
      fleet.etcd.fate = [] { return Fate::Well; };
      const std::string origin = *rc::gen::elementOf(origins);
      const std::string text =
          text_of(*rc::gen::inRange(0U, 9U), *rc::gen::element<std::size_t>(1, 500, 1500));
      switch (*rc::gen::inRange(0, 8)) {
        case 0:
          fleet.withdraw(origin);
          break;
        case 1:
          fleet.etcd.compact();
          break;
        case 2:
          busy = true;
          fleet.shelf.on_apply = [&busy] {
            if (std::exchange(busy, false))
              throw reg::StorageError(reg::ErrorKind::LockTimeout, "busy");
          };
          break;
        default:
          ever[origin].insert(text);
          fleet.publish(origin, text);
      }
      // Failures, or a publisher, at some call of the round.
      int left = *rc::gen::inRange(0, 6);
      const Fate fate = *rc::gen::element(Fate::Well, Fate::Lost, Fate::LostAfterwards);
      const bool meets = *rc::gen::arbitrary<bool>();
      const std::string met = text_of(11, 700);
      fleet.etcd.fate = [&] {
        if (left-- != 0) return Fate::Well;
        if (meets) {
          ever["b"].insert(met);
          fleet.publish("b", met);
          fleet.etcd.compact();
        }
        return fate;
      };
      (void)fleet.follower.sync();
    }
    fleet.etcd.fate = [] { return Fate::Well; };
    fleet.shelf.on_apply = [] {};
    fleet.now += std::chrono::minutes(1);
    for (int round = 0; round < 3; ++round) (void)fleet.follower.sync();
    RC_ASSERT(fleet.follower.sync().is_complete());
    RC_ASSERT(fleet.shelf.texts == fleet.expected());
  });
}
