#include "follower.h"

#include "fleet_limits.h"
#include "identity.h"
#include "wanted_text.h"

#include <text/hash.h>
#include <algorithm>
#include <new>
#include <random>
#include <utility>

namespace reg::fleet {

namespace {

// What is held at once on its way.
constexpr std::size_t most_fetched_bytes = std::size_t{8} << 20;
constexpr std::size_t most_text_bytes = std::size_t{64} << 20;

// Texts that are fetched together, so that a thousand small ones are not a thousand requests.
class Group {
 public:
  void add(WantedText text) {
    fetched_ += text.expected_chunk_bytes() * text.missing().size();
    operations_ += text.missing().size();
    held_ += text.bytes_here();
    texts.push_back(std::move(text));
  }
  bool is_full() const {
    return fetched_ >= most_fetched_bytes || operations_ >= most_operations ||
           held_ >= most_text_bytes;
  }
  std::vector<WantedText> texts;

 private:
  std::size_t fetched_ = 0, operations_ = 0, held_ = 0;
};

// The chunks that one transaction asks for.
class Batch {
 public:
  explicit Batch(std::int64_t revision) : revision_(revision) {}

  bool has_room_for(const WantedText& text) const {
    return asked_.empty() || (asked_.size() < most_operations &&
                              bytes_ + text.expected_chunk_bytes() <= most_fetched_bytes);
  }
  void ask(WantedText& text, const std::string& id, std::string key) {
    asked_.emplace_back(&text, &id);
    bytes_ += text.expected_chunk_bytes();
    txn_.then.push_back(
        {.kind = Operation::Kind::Get, .key = std::move(key), .revision = revision_});
  }
  void carry_out(KeyStore& etcd, Synced& synced) {
    if (asked_.empty()) return;
    try {
      take(etcd.txn(txn_), synced);
    } catch (const EtcdError& error) {
      if (error.reason() != EtcdError::Reason::TooLarge) throw;
      one_by_one(etcd, synced);
    }
    *this = Batch(revision_);
  }

 private:
  // Somebody put chunks that are too large to be any: the others are to be had all the same.
  void one_by_one(KeyStore& etcd, Synced& synced) {
    if (asked_.size() == 1) return asked_.front().first->refuse("a chunk of it is too large");
    for (std::size_t at = 0; at < asked_.size(); ++at) {
      Batch one(revision_);
      one.ask(*asked_[at].first, *asked_[at].second, txn_.then[at].key);
      one.carry_out(etcd, synced);
    }
  }
  void take(const TxnAnswer& answer, Synced& synced) {
    if (answer.gets.size() != asked_.size())
      throw EtcdError(EtcdError::Reason::Malformed, "etcd left out a part of an answer");
    for (std::size_t at = 0; at < asked_.size(); ++at) {
      WantedText& text = *asked_[at].first;
      const std::vector<KeyValue>& kvs = answer.gets[at].kvs;
      if (kvs.empty()) {
        text.lose(*asked_[at].second);
        continue;
      }
      text.add(*asked_[at].second, kvs.front().value);
      ++synced.chunks;
      synced.bytes += kvs.front().value.size();
    }
  }

  std::int64_t revision_;
  std::vector<std::pair<WantedText*, const std::string*>> asked_;
  std::size_t bytes_ = 0;
  Txn txn_;
};

// Changes tell what is new, as long as revisions only grow: now and then, all heads are read; not
// by everybody at the same time.
std::chrono::seconds until_next_reading() {
  constexpr unsigned fewest = 540, most = 660;
  return std::chrono::seconds(fewest + std::random_device()() % (most - fewest));
}

constexpr std::chrono::milliseconds first_pause{2'000}, longest_pause{60'000};

std::string first_problem(const std::vector<Diagnostic>& problems) {
  const Diagnostic& first = problems.front();
  std::string text = "what it publishes cannot be a source: ";
  if (first.place.line != 0) text += "line " + std::to_string(first.place.line) + ": ";
  return text + first.message;
}

}  // namespace

Follower::Follower(KeyStore& etcd, const RemoteSettings& remote, Shelf& shelf,
                   std::function<Clock::time_point()> now)
    : etcd_(etcd),
      remote_(remote),
      shelf_(shelf),
      keys_(remote.name),
      heads_(etcd, keys_),
      now_(std::move(now)) {}

bool Follower::is_own(const std::string& origin) const { return is_own_origin(origin, remote_); }

Follower::Seen Follower::seen(const KeyValue& kv) { return {kv.mod_revision, hash_of(kv.value)}; }

const KeyValue* Follower::own_head() const {
  const auto found = heads_.by_key().find(keys_.head(remote_.origin));
  return found == heads_.by_key().end() ? nullptr : &found->second;
}

Synced Follower::sync(CatchUp catch_up) {
  Synced synced;
  try {
    try {
      collect(synced);
    } catch (const EtcdError& error) {
      if (error.reason() == EtcdError::Reason::Compacted) heads_.forget();
      synced.again = error.reason() == EtcdError::Reason::Compacted;
      if (!synced.again) synced.lost = error;
    }
    apply(synced, catch_up);
  } catch (const RegistryError& error) {
    synced.not_applied = error;
    shelf_.drop();
  } catch (const std::bad_alloc&) {
    synced.not_applied = StorageError(ErrorKind::Io, "there is not enough memory");
    shelf_.drop();
  }
  return synced;
}

// What is here is looked at before the heads are: what somebody else puts in place after that may
// be newer than what these heads say.
void Follower::collect(Synced& synced) {
  here_ = shelf_.look();
  if (const auto now = now_(); now >= next_reading_) {
    heads_.forget();
    next_reading_ = now + until_next_reading();
  }
  heads_.update();
  if (std::exchange(cluster_, heads_.cluster()) != heads_.cluster()) {
    done_.clear();
    refused_.clear();
    postponed_.clear();
  }
  if (heads_.too_many() && !std::exchange(told_too_many_, true))
    synced.warnings.push_back("the shared registry \"" + remote_.name + "\" has more than " +
                              std::to_string(most_origins) + " origins: the others are not taken");
  take_changed(synced);
  stage_removals(synced);
}

// Whether there is nothing to do about a head for now.
bool Follower::is_done(const std::string& origin, const KeyValue& kv, Synced& synced) {
  const auto refused = refused_.find(kv.key);
  if (refused != refused_.end() && refused->second == seen(kv)) {
    ++synced.left;
    return true;
  }
  if (is_to_wait(origin, kv, synced)) return true;
  const auto done = done_.find(kv.key);
  const auto here = here_.find(origin);
  return done != done_.end() && here != here_.end() && done->second.here == here->second &&
         done->second.head == seen(kv);
}

// Of a text with a hole, that chunk alone is asked for until it is there.
bool Follower::is_to_wait(const std::string& origin, const KeyValue& kv, Synced& synced) {
  const auto found = postponed_.find(kv.key);
  if (found == postponed_.end() || found->second.head != seen(kv)) return false;
  const Postponed& postponed = found->second;
  if (now_() < postponed.until) {
    ++synced.left;
    return true;
  }
  if (postponed.lost.empty()) return false;
  const RangeAnswer chunk = etcd_.range({.key = keys_.chunk(origin, postponed.lost),
                                         .revision = heads_.revision(),
                                         .keys_only = true});
  if (!chunk.kvs.empty()) return false;
  postpone(kv, "a chunk that it lists is not there", postponed.lost, synced);
  return true;
}

void Follower::postpone(const KeyValue& kv, const std::string& why, const std::string& lost,
                        Synced& synced) {
  const auto [at, is_new] = postponed_.try_emplace(kv.key);
  Postponed& postponed = at->second;
  const bool is_first = is_new || postponed.head != seen(kv);
  if (is_first) postponed = {seen(kv), {}, {}, {}, false};
  postponed.lost = lost;
  // Once, the publisher was faster; a second time, it is not there.
  if (is_first && !lost.empty()) {
    synced.again = true;
    return;
  }
  postponed.pause = std::clamp(postponed.pause * 2, first_pause, longest_pause);
  postponed.until = now_() + postponed.pause;
  ++synced.left;
  if (!std::exchange(postponed.told, true))
    synced.warnings.push_back(Keys::shown(kv.key) + ": " + why +
                              "; what was taken of it before stays");
}

void Follower::take_changed(Synced& synced) {
  Group group;
  for (const auto& [key, kv] : heads_.by_key()) {
    const std::string origin = keys_.origin_of(key);
    if (is_own(origin)) continue;
    if (!origin.empty()) ++synced.origins;
    if (is_done(origin, kv, synced)) continue;
    if (auto text = wanted(origin, kv, synced)) group.add(*std::move(text));
    if (!group.is_full()) continue;
    take(group.texts, synced);
    group = {};
  }
  take(group.texts, synced);
}

std::optional<WantedText> Follower::wanted(const std::string& origin, const KeyValue& kv,
                                           Synced& synced) {
  std::string why;
  if (origin.empty()) {
    refuse(kv, "that is no name of an origin", synced);
    return std::nullopt;
  }
  std::optional<Head> head = Head::from(kv.value, &why);
  if (head && (head->bytes > most_generation_bytes || head->chunks.size() > most_chunks))
    why = "it publishes more than 64 MiB";
  if (!why.empty() || !head) {
    refuse(kv, why.empty() ? "it is no head" : why, synced);
    return std::nullopt;
  }
  try {
    WantedText text(origin, kv, *std::move(head), shelf_.text_of(origin).value_or(std::string()));
    const auto here = here_.find(origin);
    if (!text.is_here() || here == here_.end()) return text;
    done_[kv.key] = {seen(kv), here->second};
  } catch (const StorageError& error) {
    postpone(kv, error.what(), {}, synced);
  }
  return std::nullopt;
}

void Follower::take(std::vector<WantedText>& group, Synced& synced) {
  Batch batch(heads_.revision());
  for (WantedText& text : group) {
    for (const std::string& id : text.missing()) {
      if (!batch.has_room_for(text)) batch.carry_out(etcd_, synced);
      if (!text.wrong().empty()) break;
      batch.ask(text, id, keys_.chunk(text.origin(), id));
    }
  }
  batch.carry_out(etcd_, synced);
  for (WantedText& text : group) {
    try {
      finish(text, synced);
    } catch (const std::bad_alloc&) {
      refuse(text.head(), "there is not enough memory to read what it publishes", synced);
    }
  }
}

void Follower::finish(WantedText& text, Synced& synced) {
  const KeyValue& kv = text.head();
  if (!text.lost().empty())
    return postpone(kv, "a chunk that it lists is not there", text.lost(), synced);
  const std::optional<std::string> whole = text.whole();
  if (!whole) return refuse(kv, text.wrong(), synced);
  const std::vector<Diagnostic> problems = shelf_.problems(*whole, text.origin());
  if (!problems.empty()) return refuse(kv, first_problem(problems), synced);
  try {
    shelf_.stage(text.origin(), *whole);
  } catch (const StorageError& error) {
    return postpone(kv, error.what(), {}, synced);
  }
  refused_.erase(kv.key);
  postponed_.erase(kv.key);
  ++synced.taken;
}

// Whose head is gone, and whatever is kept under this workspace's own name.
void Follower::stage_removals(Synced& synced) {
  if (heads_.too_many()) return;
  for (const auto& [origin, mark] : here_) {
    const bool published = heads_.by_key().count(keys_.head(origin)) != 0;
    if (published && !is_own(origin)) continue;
    shelf_.stage_removal(origin);
    ++synced.removed;
  }
  const auto is_over = [this](const auto& entry) {
    return heads_.by_key().count(entry.first) == 0;
  };
  std::erase_if(done_, is_over);
  std::erase_if(refused_, is_over);
  std::erase_if(postponed_, is_over);
}

void Follower::apply(Synced& synced, CatchUp catch_up) {
  if (!shelf_.has_staged() && !(behind_ && catch_up == CatchUp::Yes)) return;
  behind_ = true;
  synced.report = shelf_.apply();
  behind_ = synced.report->failed;
  for (const std::string& origin : shelf_.overtaken()) {
    const bool published = heads_.by_key().count(keys_.head(origin)) != 0;
    --(published && !is_own(origin) ? synced.taken : synced.removed);
    synced.again = true;
  }
}

void Follower::refuse(const KeyValue& kv, const std::string& why, Synced& synced) {
  ++synced.left;
  refused_[kv.key] = seen(kv);
  synced.warnings.push_back(Keys::shown(kv.key) + ": " + why +
                            "; what was taken of it before stays");
}

}  // namespace reg::fleet
