#pragma once
// A client of etcd's v3 JSON gateway, as much of it as a fleet needs.

#include <reg/error.h>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace reg::fleet {

// What etcd, or the way to it, does not do.
class EtcdError : public StorageError {
 public:
  enum class Reason : std::uint8_t {
    Unreachable,  // no endpoint answered in time
    Denied,       // credentials, certificates or permissions
    Compacted,    // the revision is not kept any more
    NoSpace,      // its database is full (the alarm NOSPACE)
    NoLease,      // there is no such lease any more
    TooLarge,     // a request or an answer
    Malformed,    // what came back is no answer of etcd
    Other,
  };
  EtcdError(Reason reason, const std::string& message, std::string hint = {});
  Reason reason() const { return reason_; }

 private:
  Reason reason_;
};

struct EtcdOptions {
  std::vector<std::string> endpoints;        // URLs; tried in turn
  std::string ca, cert, key;                 // PEM files; empty: none
  std::string user, password;                // empty: without
  std::chrono::milliseconds patience{3000};  // without a byte, before another endpoint is asked
  // Told of what is tried again, and why.
  std::function<void(const std::string& text)> log;
};

struct KeyValue {
  std::string key, value;
  std::int64_t create_revision = 0, mod_revision = 0;
  std::int64_t lease = 0;  // 0: none
};

struct RangeRequest {
  std::string key;
  std::string end = {};       // empty: that key alone; else all keys before it
  std::int64_t revision = 0;  // 0: as it is now, linearizable
  std::int64_t min_mod_revision = 0;
  std::int64_t limit = 0;  // 0: all
  bool keys_only = false;
};
struct Range {
  std::vector<KeyValue> kvs;  // by key
  std::int64_t count = 0;     // of the keys in the range, whatever was asked for
  bool more = false;          // `limit` left some out
};
// What every answer of a cluster begins with.
struct Header {
  std::uint64_t cluster_id = 0;
  std::int64_t revision = 0;  // when it was answered
};
struct RangeAnswer : Range {
  Header header;
};

// A transaction's condition.
struct Compare {
  enum class What : std::uint8_t { Create, Mod };  // 0: the key is not there
  enum class How : std::uint8_t { Equal, Greater };
  std::string key;
  What what = What::Mod;
  How how = How::Equal;
  std::int64_t revision = 0;
};
struct Operation {
  enum class Kind : std::uint8_t { Put, Delete, Get };
  Kind kind = Kind::Put;
  std::string key;
  std::string value = {};     // Put
  std::int64_t lease = 0;     // Put
  std::string end = {};       // Delete; empty: that key alone
  std::int64_t revision = 0;  // Get
};
// At most 128 of each.
struct Txn {
  std::vector<Compare> conditions;
  std::vector<Operation> then, otherwise;
};
struct TxnAnswer {
  Header header;
  bool succeeded = false;
  std::vector<Range> gets;  // of those operations that were carried out, in their order
};

struct Lease {
  std::int64_t id = 0;
  std::chrono::seconds ttl{0};
};

// The end of the range of all keys that begin so.
std::string prefix_end(std::string prefix);

// A stream of changes, which may say nothing for ever. Not safe to share between threads.
class Watch {
 public:
  virtual ~Watch() = default;
  // Waits until something is said (true), the stream has ended (true; then `ended`), `wake` can be
  // read (-1: none), or the time is over.
  virtual bool wait(std::chrono::milliseconds time, int wake) = 0;
  virtual bool ended() const = 0;
};

// What publishing and following ask of etcd, so that they can be tried on one that fails when it is
// told to. All calls but those of a watch block, and throw EtcdError. A transaction may have been
// carried out although it failed with Unreachable. One thread at a time.
class KeyStore {
 public:
  KeyStore() = default;
  virtual ~KeyStore() = default;
  KeyStore(const KeyStore&) = delete;
  KeyStore& operator=(const KeyStore&) = delete;

  virtual RangeAnswer range(const RangeRequest& request) = 0;
  virtual TxnAnswer txn(const Txn& txn) = 0;
  virtual Lease grant(std::chrono::seconds ttl) = 0;
  // What is left of it; nullopt: it is over.
  virtual std::optional<std::chrono::seconds> keep_alive(std::int64_t lease) = 0;
  // Nothing where it is over already.
  virtual void revoke(std::int64_t lease) = 0;
  // Changes of keys in that range from that revision on. Never throws for what the cluster does:
  // the watch has ended then.
  virtual std::unique_ptr<Watch> watch(const std::string& key, const std::string& end,
                                       std::int64_t revision) = 0;
};

// Each call tries every endpoint once, beginning with the one that answered last.
class Etcd : public KeyStore {
 public:
  // Throws InputError if an endpoint is no http or https URL, or if files of PEM are not there.
  explicit Etcd(EtcdOptions options);
  ~Etcd() override;
  Etcd(const Etcd&) = delete;
  Etcd& operator=(const Etcd&) = delete;

  RangeAnswer range(const RangeRequest& request) override;
  TxnAnswer txn(const Txn& txn) override;
  Lease grant(std::chrono::seconds ttl) override;
  std::optional<std::chrono::seconds> keep_alive(std::int64_t lease) override;
  void revoke(std::int64_t lease) override;
  std::unique_ptr<Watch> watch(const std::string& key, const std::string& end,
                               std::int64_t revision) override;

 private:
  class Client;
  std::unique_ptr<Client> client_;
};

}  // namespace reg::fleet
