#pragma once
// Brings what others publish onto this machine.

#include "etcd.h"
#include "generation.h"
#include "heads.h"
#include "shelf.h"

#include <reg/remote.h>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace reg::fleet {

// What one round did.
struct Synced {
  std::size_t origins = 0;                   // that publish, besides this workspace's own
  std::size_t taken = 0, removed = 0;        // origins
  std::size_t chunks = 0, bytes = 0;         // that were fetched, as they are stored
  std::size_t left = 0;                      // origins that could not be taken
  std::vector<std::string> warnings;         // of those, each told once
  bool again = false;                        // what was read is gone by now: look at once
  std::optional<AutoRegisterReport> report;  // if the cache was to be brought up to date
  std::optional<EtcdError> lost;             // what etcd did not do
  std::optional<RegistryError> not_applied;  // why what is staged, or the cache, stayed as it was

  bool is_complete() const {
    return left == 0 && !again && !lost && !not_applied && !(report && report->failed);
  }
};

// Whether a round tries again to bring the cache up to date, where that failed.
enum class CatchUp : bool { No, Yes };

class WantedText;

class Follower {
 public:
  using Clock = std::chrono::steady_clock;
  // All of them are to outlive it.
  Follower(KeyStore& etcd, const RemoteSettings& remote, Shelf& shelf,
           std::function<Clock::time_point()> now = Clock::now);

  // One round: what changed is fetched, staged origin by origin, and applied. An origin that cannot
  // be taken stays as it is here. Whatever goes wrong, the next round does what is left to do, and
  // what was whole by then is applied.
  Synced sync(CatchUp catch_up = CatchUp::Yes);

  const Heads& heads() const { return heads_; }
  const Keys& keys() const { return keys_; }
  // This workspace's own head, as it was read last; nullptr: there is none.
  const KeyValue* own_head() const;
  // The cache may not have all that is here.
  bool is_behind() const { return behind_; }

 private:
  // A head as it was seen. An etcd that is restored from a snapshot counts its revisions again.
  struct Seen {
    std::int64_t revision = 0;
    std::uint64_t hash = 0;
    friend bool operator==(const Seen&, const Seen&) = default;
  };
  struct Done {
    Seen head;
    FileMark here;  // of the file that has what the head lists
  };
  // What may be there later: it is not tried all the time.
  struct Postponed {
    Seen head;
    std::string lost;  // a chunk that was not there; empty: it is this machine that could not
    Clock::time_point until;
    std::chrono::milliseconds pause{0};
    bool told = false;
  };

  void collect(Synced& synced);
  void take_changed(Synced& synced);
  static Seen seen(const KeyValue& kv);
  bool is_own(const std::string& origin) const;
  bool is_done(const std::string& origin, const KeyValue& kv, Synced& synced);
  bool is_to_wait(const std::string& origin, const KeyValue& kv, Synced& synced);
  void postpone(const KeyValue& kv, const std::string& why, const std::string& lost,
                Synced& synced);
  std::optional<WantedText> wanted(const std::string& origin, const KeyValue& kv, Synced& synced);
  void take(std::vector<WantedText>& group, Synced& synced);
  void finish(WantedText& text, Synced& synced);
  void stage_removals(Synced& synced);
  void apply(Synced& synced, CatchUp catch_up);
  void refuse(const KeyValue& kv, const std::string& why, Synced& synced);

  KeyStore& etcd_;
  const RemoteSettings& remote_;
  Shelf& shelf_;
  Keys keys_;
  Heads heads_;
  std::function<Clock::time_point()> now_;
  std::map<std::string, FileMark> here_;  // as it was before this round's heads were read
  // By the heads' keys.
  std::map<std::string, Done> done_;
  std::map<std::string, Seen> refused_;  // could not be taken, and never can
  std::map<std::string, Postponed> postponed_;
  std::uint64_t cluster_ = 0;
  Clock::time_point next_reading_;  // of all heads
  bool told_too_many_ = false;
  bool behind_ = true;  // the cache may be behind what is here
};

}  // namespace reg::fleet
