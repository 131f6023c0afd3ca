#pragma once
// Following without an end: rounds, a watch that shortens the wait between them, and the own lease.

#include "follower.h"
#include "keeper.h"
#include "lease_keeper.h"
#include "service.h"

#include <reg/remote.h>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace reg::fleet {

enum class FollowEnd : bool {
  Stopped,
  Reload,  // the settings are to be read again
};

// Who is told what becomes of it.
struct FollowReports {
  std::function<void(const Synced&)> synced;  // each round
  std::function<void(const std::string&text)> note, warning;
};

class Following {
 public:
  // All of them are to outlive it.
  Following(KeyStore& etcd, const RemoteSettings& remote, Follower& follower, Keeper& keeper,
            LeaseKeeper& leases, Signals& signals, const ServiceManager& manager,
            FollowReports reports);

  FollowEnd run();

 private:
  using Clock = std::chrono::steady_clock;
  using Milliseconds = std::chrono::milliseconds;

  void round();
  std::int64_t own_revision() const;
  void keep();
  void keep_later(const RegistryError& error);
  void tell_of(const std::optional<EtcdError>& lost);
  void watch_on();
  // Until the next round is due; false: a signal came.
  bool wait();
  bool wait_until(Clock::time_point due);
  Clock::time_point next_event() const;

  KeyStore& etcd_;
  const RemoteSettings& remote_;
  Follower& follower_;
  Keeper& keeper_;
  LeaseKeeper& leases_;
  Signals& signals_;
  const ServiceManager& manager_;
  FollowReports reports_;
  std::unique_ptr<Watch> watch_;
  std::optional<EtcdError::Reason> trouble_;
  std::string keep_trouble_;                   // told of; empty: none
  std::optional<std::chrono::seconds> lease_;  // that is kept alive
  std::int64_t kept_revision_ = -1;            // of the own head, when it was kept last
  Milliseconds keep_pause_{0};                 // after trouble, before it is tried again
  Milliseconds pause_{0};                      // before the next round
  Milliseconds catch_up_pause_{0};  // before the cache is tried to be brought up to date again
  Clock::time_point began_, next_round_, next_keep_, next_watch_, next_catch_up_;
  bool ready_ = false;
};

}  // namespace reg::fleet
