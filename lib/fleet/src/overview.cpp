#include "overview.h"

#include "fleet_limits.h"
#include "heads.h"

#include <algorithm>
#include <set>
#include <utility>

namespace reg::fleet {

namespace {

class Rows {
 public:
  Rows(const RemoteSettings& remote, const Identity& identity, const Shelf& shelf)
      : remote_(remote), identity_(identity), shelf_(shelf) {}

  OriginRow row(const std::string& origin, const KeyValue& kv) const {
    OriginRow row;
    row.origin = origin.empty() ? Keys::shown(kv.key) : origin;
    row.head = Head::from(kv.value, &row.why);
    if (origin.empty()) row.why = "that is no name of an origin";
    row.state = state_of(row, origin);
    return row;
  }

 private:
  StateHere state_of(OriginRow& row, const std::string& origin) const {
    if (row.head && row.head->bytes > most_generation_bytes)
      row.why = "it publishes more than 64 MiB";
    if (!row.why.empty() || !row.head) return StateHere::Wrong;
    if (is_own_origin(origin, remote_)) {
      if (row.head->machine == identity_.machine && row.head->workspace == identity_.workspace)
        return StateHere::Own;
      row.why = "another machine or workspace publishes under this workspace's origin";
      return StateHere::Wrong;
    }
    const std::optional<std::string> here = shelf_.text_of(origin);
    if (!here) return StateHere::Missing;
    if (row.head->lists(chunks_of(*here))) return StateHere::Fresh;
    row.why = "not taken so far: `reg follow --once` takes it, or tells why not";
    return StateHere::Stale;
  }

  const RemoteSettings& remote_;
  const Identity& identity_;
  const Shelf& shelf_;
};

}  // namespace

const char* to_string(StateHere state) {
  switch (state) {
    case StateHere::Fresh:
      return "fresh";
    case StateHere::Stale:
      return "stale";
    case StateHere::Missing:
      return "missing";
    case StateHere::Gone:
      return "gone";
    case StateHere::Own:
      return "own";
    case StateHere::Wrong:
      return "wrong";
  }
  return "unknown";
}

std::vector<OriginRow> overview(KeyStore& etcd, const RemoteSettings& remote,
                                const Identity& identity, const Shelf& shelf) {
  const Keys keys(remote.name);
  Heads heads(etcd, keys);
  heads.update();
  const Rows make(remote, identity, shelf);
  std::vector<OriginRow> rows;
  for (const auto& [key, kv] : heads.by_key()) rows.push_back(make.row(keys.origin_of(key), kv));
  for (const std::string& origin : shelf.origins()) {
    if (heads.by_key().count(keys.head(origin)) != 0) continue;
    OriginRow row;
    row.origin = origin;
    row.state = StateHere::Gone;
    rows.push_back(std::move(row));
  }
  std::sort(rows.begin(), rows.end(),
            [](const OriginRow& a, const OriginRow& b) { return a.origin < b.origin; });
  return rows;
}

}  // namespace reg::fleet
