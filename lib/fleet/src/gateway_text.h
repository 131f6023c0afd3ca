#pragma once
// What is said to etcd's v3 JSON gateway, and what it says, as text. Nothing here speaks to a
// network. What reads an answer throws EtcdError (Malformed) where it is none, and takes memory in
// proportion to it at most.

#include "etcd.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace reg::fleet::gateway {

std::string range_text(const RangeRequest& request);
std::string txn_text(const Txn& txn);
std::string grant_text(std::chrono::seconds ttl);
std::string lease_text(std::int64_t lease);  // for keep-alive and revoke
std::string watch_text(const std::string& key, const std::string& end, std::int64_t revision);
std::string login_text(const std::string& user, const std::string& password);

// To that request: what it asks for tells what cannot be an answer.
RangeAnswer range_answer(std::string_view text, const RangeRequest& request = {});
TxnAnswer txn_answer(std::string_view text);
Lease grant_answer(std::string_view text);
// What is left of it; nullopt: it is over.
std::optional<std::chrono::seconds> keep_alive_answer(std::string_view text);
// A token.
std::string login_answer(std::string_view text);

// The answer in place of another. Never throws.
struct Refusal {
  int code = 0;         // gRPC's; 0: it is no refusal of etcd
  std::string message;  // without "etcdserver: "; at most a line
};
Refusal refusal_of(std::string_view text);

enum class Meaning : std::uint8_t {
  Unreachable,   // another member may do
  NotReady,      // its gateway does not reach the member behind it
  LogIn,         // there is no token, or it holds no longer
  NoLoginThere,  // nobody has to log in
  Denied,
  Compacted,
  NoSpace,
  NoLease,
  TooLarge,
  Other,
};
Meaning meaning_of(const Refusal& refusal);

// What a line of a watch's stream says. Never throws.
enum class WatchLine : std::uint8_t { Nothing, Changes, End };
WatchLine watch_line(std::string_view line);

}  // namespace reg::fleet::gateway
