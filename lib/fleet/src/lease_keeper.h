#pragma once
// Keeps a lease alive while others are busy: in a thread and by a connection of its own.

#include "etcd.h"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <stop_token>
#include <thread>

namespace reg::fleet {

class LeaseKeeper {
 public:
  // Nobody else uses `etcd`.
  explicit LeaseKeeper(std::unique_ptr<KeyStore> etcd);
  // Waits for a call that is on its way.
  ~LeaseKeeper() = default;
  LeaseKeeper(const LeaseKeeper&) = delete;
  LeaseKeeper& operator=(const LeaseKeeper&) = delete;

  // That one from now on, three times in its time; 0: none. It was kept alive just now.
  void keep(std::int64_t lease, std::chrono::seconds ttl);

 private:
  void run(const std::stop_token& stop);
  std::chrono::milliseconds pause(bool failed) const;

  std::unique_ptr<KeyStore> etcd_;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::int64_t lease_ = 0;
  std::chrono::seconds ttl_{0};
  std::jthread thread_;  // uses all of them
};

}  // namespace reg::fleet
