#pragma once
// An etcd in memory: revisions, transactions, leases; fails, or dies, where it is told to.

#include <etcd.h>
#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace reg_test {

using namespace reg::fleet;

// What befalls a call.
enum class Fate { Well, Lost, LostAfterwards, Killed };
struct Killed {};  // the process that called is gone

class FakeEtcd : public KeyStore {
  using Keyspace = std::map<std::string, KeyValue>;

  template <typename Call>
  auto carried_out(Call call) {
    ++calls;
    const Fate this_time = fate();
    if (this_time == Fate::Lost) lose();
    if (this_time == Fate::Killed) throw Killed{};
    auto answer = call();
    if (this_time == Fate::LostAfterwards) lose();
    return answer;
  }
  [[noreturn]] static void lose() {
    throw EtcdError(EtcdError::Reason::Unreachable, "no endpoint answered");
  }

 public:
  // Asked before each call.
  std::function<Fate()> fate = [] { return Fate::Well; };
  // What a server may make of its answer.
  std::function<void(RangeAnswer&)> on_range = [](RangeAnswer&) {};
  std::function<void()> on_txn = [] {};
  std::uint64_t cluster_id = 7;
  std::size_t calls = 0, puts = 0, most_txn_bytes = 0, gets = 0;

  std::map<std::string, KeyValue> now() const { return at(revision_); }
  std::int64_t revision() const { return revision_; }
  std::size_t leases() const { return leases_.size(); }

  RangeAnswer range(const RangeRequest& request) override {
    return carried_out([&] {
      RangeAnswer answer;
      static_cast<Range&>(answer) = ranged(request);
      answer.header = header();
      on_range(answer);
      return answer;
    });
  }

  TxnAnswer txn(const Txn& txn) override {
    return carried_out([&] {
      on_txn();
      check(txn);
      TxnAnswer answer;
      answer.succeeded = std::all_of(txn.conditions.begin(), txn.conditions.end(),
                                     [&](const Compare& compare) { return holds(compare); });
      std::map<std::string, KeyValue> next = now();
      bool changed = false;
      for (const Operation& operation : answer.succeeded ? txn.then : txn.otherwise) {
        switch (operation.kind) {
          case Operation::Kind::Get:
            ++gets;
            answer.gets.push_back(ranged({.key = operation.key, .revision = operation.revision}));
            break;
          case Operation::Kind::Put:
            put(next, operation);
            changed = true;
            break;
          case Operation::Kind::Delete:
            changed = remove(next, operation.key, operation.end) || changed;
        }
      }
      if (changed) commit(std::move(next));
      answer.header = header();
      return answer;
    });
  }

  Lease grant(std::chrono::seconds ttl) override {
    return carried_out([&] {
      leases_[++last_lease_] = ttl;
      return Lease{last_lease_, ttl};
    });
  }
  std::optional<std::chrono::seconds> keep_alive(std::int64_t lease) override {
    return carried_out([&]() -> std::optional<std::chrono::seconds> {
      ++kept_alive[lease];
      const auto found = leases_.find(lease);
      if (found == leases_.end()) return std::nullopt;
      return found->second;
    });
  }
  void revoke(std::int64_t lease) override {
    carried_out([&] {
      expire(lease);
      return 0;
    });
  }
  std::unique_ptr<Watch> watch(const std::string&, const std::string&, std::int64_t) override {
    return nullptr;
  }

  // What happens without a call.
  std::map<std::int64_t, std::size_t> kept_alive;
  void expire(std::int64_t lease) {
    leases_.erase(lease);
    std::map<std::string, KeyValue> next = now();
    if (std::erase_if(next, [&](const auto& entry) { return entry.second.lease == lease; }) != 0)
      commit(std::move(next));
  }
  void expire_all() {
    while (!leases_.empty()) expire(leases_.begin()->first);
  }
  void set(const std::string& key, const std::string& value) {
    std::map<std::string, KeyValue> next = now();
    put(next, {.key = key, .value = value});
    commit(std::move(next));
  }
  void erase(const std::string& key) {
    std::map<std::string, KeyValue> next = now();
    if (next.erase(key) != 0) commit(std::move(next));
  }
  using Snapshot = std::pair<std::int64_t, Keyspace>;
  Snapshot snapshot() const { return {revision_, now()}; }
  void restore(const Snapshot& snapshot) {
    revision_ = snapshot.first;
    history_ = {{revision_, snapshot.second}};
  }
  void compact() { history_.erase(history_.begin(), std::prev(history_.end())); }

 private:
  Header header() const { return {.cluster_id = cluster_id, .revision = revision_}; }
  const Keyspace& at(std::int64_t revision) const {
    const auto found = history_.upper_bound(revision);
    if (found == history_.begin())
      throw EtcdError(EtcdError::Reason::Compacted, "the revision was compacted");
    return std::prev(found)->second;
  }
  void commit(Keyspace next) { history_[++revision_] = std::move(next); }

  static bool is_in(const std::string& key, const std::string& from, const std::string& end) {
    return end.empty() ? key == from : key >= from && key < end;
  }
  Range ranged(const RangeRequest& request) const {
    Range found;
    if (request.revision > revision_)
      throw EtcdError(EtcdError::Reason::Other, "a revision of the future");
    for (const auto& [key, kv] : at(request.revision == 0 ? revision_ : request.revision)) {
      if (!is_in(key, request.key, request.end)) continue;
      ++found.count;
      if (kv.mod_revision < request.min_mod_revision) continue;
      if (request.limit != 0 && static_cast<std::int64_t>(found.kvs.size()) == request.limit) {
        found.more = true;
        continue;
      }
      found.kvs.push_back(kv);
      if (request.keys_only) found.kvs.back().value.clear();
    }
    return found;
  }
  bool holds(const Compare& compare) const {
    const Keyspace& keys = at(revision_);
    const auto found = keys.find(compare.key);
    const bool create = compare.what == Compare::What::Create;
    const std::int64_t revision = found == keys.end() ? 0
                                  : create            ? found->second.create_revision
                                                      : found->second.mod_revision;
    return compare.how == Compare::How::Equal ? revision == compare.revision
                                              : revision > compare.revision;
  }
  // What etcd refuses.
  void check(const Txn& txn) {
    const auto other = [](const char* what) { throw EtcdError(EtcdError::Reason::Other, what); };
    if (std::max({txn.conditions.size(), txn.then.size(), txn.otherwise.size()}) > 128)
      other("too many operations");
    std::size_t bytes = 0;
    std::set<std::string> put_keys;
    for (const Operation& operation : txn.then) {
      bytes += operation.value.size() + operation.key.size();
      if (operation.kind != Operation::Kind::Put) continue;
      if (!put_keys.insert(operation.key).second) other("a key is put twice");
      if (operation.lease != 0 && leases_.count(operation.lease) == 0)
        throw EtcdError(EtcdError::Reason::NoLease, "there is no such lease");
    }
    for (const Operation& operation : txn.then)
      if (operation.kind == Operation::Kind::Delete)
        for (const std::string& key : put_keys)
          if (is_in(key, operation.key, operation.end)) other("a key is put and deleted");
    most_txn_bytes = std::max(most_txn_bytes, bytes);
    if (bytes > (std::size_t{3} << 19)) other("the request is too large");
  }
  void put(Keyspace& keys, const Operation& operation) {
    ++puts;
    KeyValue& kv = keys[operation.key];
    if (kv.key.empty()) kv.create_revision = revision_ + 1;
    kv.key = operation.key;
    kv.value = operation.value;
    kv.mod_revision = revision_ + 1;
    kv.lease = operation.lease;
  }
  static bool remove(Keyspace& keys, const std::string& from, const std::string& end) {
    return std::erase_if(keys, [&](const auto& entry) { return is_in(entry.first, from, end); }) !=
           0;
  }

  std::map<std::int64_t, Keyspace> history_ = {{1, {}}};
  std::int64_t revision_ = 1;
  std::map<std::int64_t, std::chrono::seconds> leases_;
  std::int64_t last_lease_ = 100;
};

}  // namespace reg_test
