#pragma once
// What lies in etcd of one origin, without the chunks' content.

#include "etcd.h"
#include "generation.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace reg::fleet {

struct StoredChunk {
  std::int64_t mod_revision = 0, lease = 0;
};

struct OwnKeys {
  std::optional<KeyValue> head;
  std::map<std::string, StoredChunk> chunks;  // by id
  bool empty() const { return !head && chunks.empty(); }
  std::int64_t head_revision() const { return head ? head->mod_revision : 0; }
};

OwnKeys read_own_keys(KeyStore& etcd, const Keys& keys, const std::string& origin);

// Removes those chunks, as long as the head is as it was read. Returns how many are gone.
std::size_t remove_chunks(KeyStore& etcd, const Keys& keys, const std::string& origin,
                          const Compare& head_as_read, const std::vector<std::string>& ids);

}  // namespace reg::fleet
