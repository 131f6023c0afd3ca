#pragma once
// The heads of a shared registry as a follower knows them: all of them once, then what changes.

#include "etcd.h"
#include "generation.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>

namespace reg::fleet {

class Heads {
 public:
  // `keys` is to outlive it.
  Heads(KeyStore& etcd, const Keys& keys) : etcd_(etcd), keys_(keys) {}

  // Reads what changed since the last time; everything where that does not tell, or where this is
  // another cluster, or one that went back in time. Throws EtcdError; then it knows what it knew.
  void update();
  // The next `update` reads everything.
  void forget() { known_revision_ = 0; }

  const std::map<std::string, KeyValue>& by_key() const { return heads_; }
  // What they were read at, and what a watch goes on from.
  std::int64_t revision() const { return known_revision_; }
  std::uint64_t cluster() const { return cluster_; }
  // More than there may be of them: those beyond are not known.
  bool too_many() const { return too_many_; }

 private:
  void read_all();
  bool read_changes();

  KeyStore& etcd_;
  const Keys& keys_;
  std::map<std::string, KeyValue> heads_;
  std::uint64_t cluster_ = 0;
  std::int64_t known_revision_ = 0;  // 0: nothing is known
  bool too_many_ = false;
};

}  // namespace reg::fleet
