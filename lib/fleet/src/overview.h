#pragma once
// Who publishes what, and what this workspace has of it.

#include "etcd.h"
#include "generation.h"
#include "identity.h"
#include "shelf.h"

#include <reg/remote.h>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace reg::fleet {

enum class StateHere : std::uint8_t {
  Fresh,
  Stale,
  Missing,
  Gone,   // it is here, and not published any more
  Own,    // this workspace publishes it
  Wrong,  // it cannot be taken
};
const char* to_string(StateHere state);

struct OriginRow {
  std::string origin;
  StateHere state = StateHere::Missing;
  std::optional<Head> head;  // nullopt: none, or one that cannot be read
  std::string why;           // it is wrong, or stale
};

// Sorted by origin. Throws EtcdError, StorageError.
std::vector<OriginRow> overview(KeyStore& etcd, const RemoteSettings& remote,
                                const Identity& identity, const Shelf& shelf);

}  // namespace reg::fleet
