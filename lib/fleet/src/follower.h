#pragma once
// Brings what others publish onto this machine.

#include "etcd.h"
#include "generation.h"
#include "heads.h"
#include "shelf.h"

#include <reg/remote.h>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
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
  // All of them are to outlive it.
  Follower(KeyStore& etcd, const RemoteSettings& remote, Shelf& shelf);

  // One round: what changed is fetched, staged origin by origin, and applied. An origin that cannot
  // be taken stays as it is here. Whatever goes wrong, the next round does what is left to do, and
  // what was whole by then is applied.
  Synced sync(CatchUp catch_up = CatchUp::Yes);

  const Heads& heads() const { return heads_; }
  const Keys& keys() const { return keys_; }
  // This workspace's own head, as it was read last; nullptr: there is none.
  const KeyValue* own_head() const;

 private:
  void collect(Synced& synced);
  void take_changed(Synced& synced);
  bool is_done(const KeyValue& kv, bool is_here, Synced& synced) const;
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
  using Revisions = std::map<std::string, std::int64_t>;  // of heads, by key
  Revisions done_;                                        // that were dealt with
  Revisions refused_;                                     // that could not be taken
  Revisions gone_;  // of which a chunk was not there; it is another head's turn, mostly
  bool told_too_many_ = false;
  bool behind_ = true;  // the cache may be behind what is here
};

}  // namespace reg::fleet
