#include "publisher.h"

#include "fleet_limits.h"
#include "own_keys.h"

#include <reg/text.h>
#include <algorithm>
#include <array>
#include <ctime>
#include <random>
#include <set>

namespace reg::fleet {

namespace {

// How often it is looked at anew whether others, or a connection that broke, came in between.
constexpr int most_attempts = 8;
constexpr int most_ambiguous = 3;
// Of values in one transaction: etcd takes requests of 1.5 MiB.
constexpr std::size_t most_put_bytes = std::size_t{1} << 20;

std::string now_in_utc() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  ::gmtime_r(&now, &parts);
  std::array<char, 32> text{};
  return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts)};
}

std::string new_nonce() {
  std::random_device source;
  std::string nonce;
  for (int digit = 0; digit < 32; ++digit) nonce += "0123456789abcdef"[source() % 16];
  return nonce;
}

std::string lease_text(const RemoteSettings& remote) {
  return remote.lease ? std::to_string(remote.lease->count()) + 's' : std::string();
}

// One text on its way into etcd: what is there is read, what is missing is put, and again, until
// nothing is missing.
class Placing {
 public:
  Placing(KeyStore& etcd, const Keys& keys, const RemoteSettings& remote, const Identity& identity,
          const std::string& text, std::size_t symbols, const std::function<void()>& before_switch)
      : etcd_(etcd),
        keys_(keys),
        remote_(remote),
        identity_(identity),
        symbols_(symbols),
        bytes_(text.size()),
        chunks_(chunks_of(text)),
        before_switch_(before_switch) {
    done_.chunks = chunks_.size();
  }

  Published run(TakeOver take_over);

 private:
  void check_size() const;
  void check_owner(const OwnKeys& own, TakeOver take_over);
  bool is_ours(const Head& head) const {
    return head.machine == identity_.machine && head.workspace == identity_.workspace;
  }
  bool is_in_place(const OwnKeys& own, std::int64_t lease) const;
  std::int64_t lease_for(const OwnKeys& own);
  std::vector<const Chunk*> missing_in(const OwnKeys& own, std::int64_t lease,
                                       TakeOver take_over) const;
  bool put(OwnKeys& own, const std::vector<const Chunk*>& missing, std::int64_t lease);
  bool put_batch(OwnKeys& own, Txn& txn, const std::vector<std::string>& ids);
  void switch_head(const OwnKeys& own, std::int64_t lease);
  bool are_there(const OwnKeys& own, const std::vector<std::string>& ids, std::int64_t lease,
                 Txn& txn);
  bool guard(std::int64_t lease, Txn& txn);
  Published placed(TakeOver take_over);
  void go_on_after(const EtcdError& error);
  void give_back_lease();
  void remove_remains(const OwnKeys& own);

  Compare as_read(const OwnKeys& own) const {
    return {.key = keys_.head(remote_.origin), .revision = own.head_revision()};
  }

  KeyStore& etcd_;
  const Keys& keys_;
  const RemoteSettings& remote_;
  const Identity& identity_;
  std::size_t symbols_, bytes_;
  std::vector<Chunk> chunks_;
  std::set<std::string> put_;  // by this run
  const std::function<void()>& before_switch_;
  std::string nonce_;  // of the head that was put last
  Published done_;
  std::int64_t granted_ = 0;  // by this run
  bool began_ = false;        // etcd could be asked
  bool switched_ = false;     // or tried
  bool landed_ = false;       // it is known that the head was ours
  int ambiguous_ = 0;
};

void Placing::check_size() const {
  if (bytes_ <= most_generation_bytes && chunks_.size() <= most_chunks) return;
  throw InputError("origin \"" + remote_.origin + "\" would publish " +
                       std::to_string(bytes_ >> 20) + " MiB; at most 64 MiB are taken",
                   "let `publish` of [remote] name fewer sources, or divide them among origins");
}

void Placing::check_owner(const OwnKeys& own, TakeOver take_over) {
  if (!own.head) return;
  const std::string owner = other_owner(*own.head, identity_);
  if (!owner.empty() && landed_)
    throw InputError("origin \"" + remote_.origin + "\" was taken over meanwhile: " + owner);
  if (!owner.empty() && take_over == TakeOver::No) {
    throw InputError("origin \"" + remote_.origin + "\" is not this machine's: " + owner,
                     "give this workspace an `origin` of its own in [remote], or, if that one is "
                     "not to publish any more, take its place with --force");
  }
  const auto head = Head::from(own.head->value);
  if (!landed_ && head && owner.empty() && head->workspace != identity_.workspace)
    done_.warnings.push_back("origin \"" + remote_.origin +
                             "\" was published by another workspace of this machine, at " +
                             head->published + "; this one takes its place");
}

bool Placing::is_in_place(const OwnKeys& own, std::int64_t lease) const {
  if (!own.head || own.head->lease != lease) return false;
  const auto head = Head::from(own.head->value);
  return head && is_ours(*head) && head->lease == lease_text(remote_) &&
         head->symbols == symbols_ && head->bytes == bytes_ && head->lists(chunks_);
}

// A generation's head and chunks hang on one lease, so that they go together.
std::int64_t Placing::lease_for(const OwnKeys& own) {
  if (!remote_.lease) return 0;
  if (own.head && own.head->lease != 0) {
    const auto head = Head::from(own.head->value);
    if (head && is_ours(*head) && head->lease == lease_text(remote_) &&
        etcd_.keep_alive(own.head->lease))
      return own.head->lease;
  }
  if (granted_ == 0) granted_ = etcd_.grant(*remote_.lease).id;
  return granted_;
}

// What lies there may be damaged: who forces puts each once.
std::vector<const Chunk*> Placing::missing_in(const OwnKeys& own, std::int64_t lease,
                                              TakeOver take_over) const {
  std::vector<const Chunk*> missing;
  std::set<std::string_view> seen;
  for (const Chunk& chunk : chunks_) {
    if (!seen.insert(chunk.id).second) continue;
    const auto stored = own.chunks.find(chunk.id);
    const bool old = take_over == TakeOver::Yes && put_.count(chunk.id) == 0;
    if (old || stored == own.chunks.end() || stored->second.lease != lease)
      missing.push_back(&chunk);
  }
  return missing;
}

bool Placing::put_batch(OwnKeys& own, Txn& txn, const std::vector<std::string>& ids) {
  std::size_t bytes = 0;
  for (const Operation& operation : txn.then) bytes += operation.value.size();
  const TxnAnswer answer = etcd_.txn(txn);
  if (!answer.succeeded) return false;
  for (std::size_t at = 0; at < ids.size(); ++at)
    own.chunks[ids[at]] = {answer.header.revision, txn.then[at].lease};
  put_.insert(ids.begin(), ids.end());
  done_.chunks_put += ids.size();
  done_.bytes_put += bytes;
  txn.then.clear();
  return true;
}

// False: the head is another one by now.
bool Placing::put(OwnKeys& own, const std::vector<const Chunk*>& missing, std::int64_t lease) {
  Txn txn{{as_read(own)}, {}, {}};
  std::vector<std::string> ids;
  std::size_t bytes = 0;
  for (const Chunk* chunk : missing) {
    std::string value = packed(chunk->text);
    const bool full = bytes + value.size() > most_put_bytes || ids.size() == most_operations;
    if (!ids.empty() && full) {
      if (!put_batch(own, txn, ids)) return false;
      ids.clear();
      bytes = 0;
    }
    bytes += value.size();
    ids.push_back(chunk->id);
    txn.then.push_back({.kind = Operation::Kind::Put,
                        .key = keys_.chunk(remote_.origin, chunk->id),
                        .value = std::move(value),
                        .lease = lease});
  }
  return ids.empty() || put_batch(own, txn, ids);
}

// A key that whoever removes chunks removes as well, and which has to be there still when the head
// is switched.
bool Placing::guard(std::int64_t lease, Txn& txn) {
  const std::string key = keys_.chunks(remote_.origin);
  const TxnAnswer put =
      etcd_.txn({txn.conditions, {{.key = key, .value = nonce_, .lease = lease}}, {}});
  txn.conditions.push_back({.key = key, .revision = put.header.revision});
  txn.then.push_back({.kind = Operation::Kind::Delete, .key = key});
  return put.succeeded;
}

// Adds to the transaction what says that the last of these chunks are as they are known; what has
// no room there is asked before, and guarded against being removed from then on.
bool Placing::are_there(const OwnKeys& own, const std::vector<std::string>& ids, std::int64_t lease,
                        Txn& txn) {
  if (ids.size() > most_operations && !guard(lease, txn)) return false;
  const std::vector<Compare> first = txn.conditions;
  for (const std::string& id : ids) {
    if (txn.conditions.size() == first.size() + most_operations) {
      if (!etcd_.txn({txn.conditions, {}, {}}).succeeded) return false;
      txn.conditions = first;
    }
    txn.conditions.push_back(
        {.key = keys_.chunk(remote_.origin, id), .revision = own.chunks.at(id).mod_revision});
  }
  return true;
}

void Placing::switch_head(const OwnKeys& own, std::int64_t lease) {
  nonce_ = new_nonce();
  Head head{.machine = identity_.machine,
            .workspace = identity_.workspace,
            .nonce = nonce_,
            .published = now_in_utc(),
            .lease = lease_text(remote_),
            .symbols = symbols_,
            .bytes = bytes_,
            .chunks = {}};
  for (const Chunk& chunk : chunks_) head.chunks.push_back(chunk.id);
  std::vector<std::string> ids = head.chunks;
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  Txn txn{{as_read(own)}, {}, {}};
  if (!are_there(own, ids, lease, txn)) return;
  if (before_switch_) before_switch_();
  txn.then.push_back({.kind = Operation::Kind::Put,
                      .key = keys_.head(remote_.origin),
                      .value = head.to_text(),
                      .lease = lease});
  switched_ = true;
  landed_ = etcd_.txn(txn).succeeded || landed_;
}

// Whether a lease that ended, or a connection that broke, is worth another look.
void Placing::go_on_after(const EtcdError& error) {
  const bool lost = error.reason() == EtcdError::Reason::Unreachable;
  const bool ended = error.reason() == EtcdError::Reason::NoLease;
  if (!began_ || (!lost && !ended)) throw;
  if (++ambiguous_ > most_ambiguous) throw;
  if (ended) granted_ = 0;
}

void Placing::remove_remains(const OwnKeys& own) {
  std::set<std::string_view> listed;
  for (const Chunk& chunk : chunks_) listed.insert(chunk.id);
  std::vector<std::string> remains;
  for (const auto& [id, stored] : own.chunks)
    if (listed.count(id) == 0) remains.push_back(id);
  try {
    remove_chunks(etcd_, keys_, remote_.origin, as_read(own), remains);
  } catch (const EtcdError& error) {
    done_.warnings.push_back(std::string("what earlier generations left is still there: ") +
                             error.what() + "; the next `reg publish` removes it");
  }
}

// It hangs on nothing that others see, and would only fill etcd until it is over.
void Placing::give_back_lease() {
  if (granted_ == 0 || switched_) return;
  try {
    etcd_.revoke(granted_);
  } catch (const EtcdError&) {
    return;  // what was wrong before is what is told
  }
}

Published Placing::run(TakeOver take_over) {
  try {
    return placed(take_over);
  } catch (const RegistryError&) {
    give_back_lease();
    throw;
  }
}

Published Placing::placed(TakeOver take_over) {
  check_size();
  for (int attempt = 0; attempt < most_attempts; ++attempt) {
    try {
      OwnKeys own = read_own_keys(etcd_, keys_, remote_.origin);
      began_ = true;
      check_owner(own, take_over);
      const std::int64_t lease = lease_for(own);
      const std::vector<const Chunk*> missing = missing_in(own, lease, take_over);
      if (missing.empty() && is_in_place(own, lease)) {
        done_.unchanged = !switched_ && done_.chunks_put == 0;
        done_.revision = own.head_revision();
        done_.lease = lease;
        remove_remains(own);
        return std::move(done_);
      }
      if (put(own, missing, lease)) switch_head(own, lease);
    } catch (const EtcdError& error) {
      go_on_after(error);
    }
  }
  throw EtcdError(EtcdError::Reason::Other,
                  "origin \"" + remote_.origin + "\" was changed by others again and again",
                  "see which workspaces publish under that name, and try again");
}

std::string other_workspace(const KeyValue& head, const Identity& identity) {
  std::string owner = other_owner(head, identity);
  const auto read = Head::from(head.value);
  if (owner.empty() && read && read->workspace != identity.workspace)
    owner = "another workspace of this machine published it at " + read->published;
  return owner;
}

}  // namespace

std::string other_owner(const KeyValue& head, const Identity& identity) {
  std::string why;
  const auto read = Head::from(head.value, &why);
  if (!read) return "its head cannot be read (" + why + ')';
  if (read->machine == identity.machine) return {};
  return "machine " + read->machine.substr(0, 8) + " published it at " + read->published;
}

Publisher::Publisher(KeyStore& etcd, const RemoteSettings& remote, Identity identity)
    : etcd_(etcd), remote_(remote), identity_(std::move(identity)), keys_(remote.name) {}

Published Publisher::publish(const std::string& text, std::size_t symbols, TakeOver take_over,
                             const std::function<void()>& before_switch) {
  return Placing(etcd_, keys_, remote_, identity_, text, symbols, before_switch).run(take_over);
}

Withdrawn Publisher::withdraw(TakeOver take_over) {
  const std::string prefix = keys_.chunks(remote_.origin);
  Withdrawn done;
  for (int attempt = 0; attempt < most_attempts; ++attempt) {
    const OwnKeys own = read_own_keys(etcd_, keys_, remote_.origin);
    if (own.empty()) return done;
    const std::string owner = own.head ? other_workspace(*own.head, identity_) : std::string();
    if (!owner.empty() && take_over == TakeOver::No)
      throw InputError("origin \"" + remote_.origin + "\" is not this workspace's: " + owner,
                       "if it is to be withdrawn all the same: --force");
    Txn txn{{{.key = keys_.head(remote_.origin), .revision = own.head_revision()}}, {}, {}};
    txn.then.push_back({.kind = Operation::Kind::Delete, .key = keys_.head(remote_.origin)});
    txn.then.push_back({.kind = Operation::Kind::Delete, .key = prefix, .end = prefix_end(prefix)});
    done = {true, owner, own.head && own.head->lease != 0};
    try {
      if (etcd_.txn(txn).succeeded) return done;
    } catch (const EtcdError& error) {
      if (error.reason() != EtcdError::Reason::Unreachable || attempt >= most_ambiguous) throw;
    }
  }
  throw EtcdError(EtcdError::Reason::Other,
                  "origin \"" + remote_.origin + "\" was changed by others again and again");
}

}  // namespace reg::fleet
