#include "own_keys.h"

#include "fleet_limits.h"

#include <algorithm>

namespace reg::fleet {

// The head first: a chunk that it lists and that is not among those read afterwards is really gone.
OwnKeys read_own_keys(KeyStore& etcd, const Keys& keys, const std::string& origin) {
  OwnKeys own;
  RangeAnswer head = etcd.range({.key = keys.head(origin)});
  if (!head.kvs.empty()) own.head = std::move(head.kvs.front());
  const std::string prefix = keys.chunks(origin);
  const RangeAnswer chunks =
      etcd.range({.key = prefix, .end = prefix_end(prefix), .keys_only = true});
  for (const KeyValue& kv : chunks.kvs) {
    if (kv.key.starts_with(prefix))
      own.chunks[kv.key.substr(prefix.size())] = {kv.mod_revision, kv.lease};
  }
  return own;
}

std::size_t remove_chunks(KeyStore& etcd, const Keys& keys, const std::string& origin,
                          const Compare& head_as_read, const std::vector<std::string>& ids) {
  std::size_t removed = 0;
  while (removed < ids.size()) {
    const std::size_t end = std::min(ids.size(), removed + most_operations);
    // With them goes the guard of whoever is about to list them (publisher.cpp).
    Txn txn{{head_as_read}, {}, {}};
    txn.then.push_back({.kind = Operation::Kind::Delete, .key = keys.chunks(origin)});
    for (std::size_t at = removed; at < end; ++at)
      txn.then.push_back({.kind = Operation::Kind::Delete, .key = keys.chunk(origin, ids[at])});
    if (!etcd.txn(txn).succeeded) break;
    removed = end;
  }
  return removed;
}

}  // namespace reg::fleet
