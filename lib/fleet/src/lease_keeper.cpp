#include "lease_keeper.h"

#include <algorithm>
#include <csignal>
#include <utility>

namespace reg::fleet {

namespace {

using Milliseconds = std::chrono::milliseconds;

constexpr Milliseconds before_another_try{500}, shortest_pause{100};

// Signals are the main thread's: this one inherits that it has none.
class WithoutSignals {
 public:
  WithoutSignals() {
    sigset_t all;
    ::sigfillset(&all);
    ::pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  ~WithoutSignals() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  WithoutSignals(const WithoutSignals&) = delete;
  WithoutSignals& operator=(const WithoutSignals&) = delete;

 private:
  sigset_t before_{};
};

enum class Answer : std::uint8_t { Alive, Over, None };

Answer ask(KeyStore& etcd, std::int64_t lease) {
  try {
    return etcd.keep_alive(lease) ? Answer::Alive : Answer::Over;
  } catch (const std::exception&) {
    return Answer::None;  // whoever follows says what is wrong
  }
}

}  // namespace

LeaseKeeper::LeaseKeeper(std::unique_ptr<KeyStore> etcd) : etcd_(std::move(etcd)) {
  const WithoutSignals quiet;
  thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

void LeaseKeeper::keep(std::int64_t lease, std::chrono::seconds ttl) {
  {
    const std::lock_guard lock(mutex_);
    if (lease == lease_ && ttl == ttl_) return;
    lease_ = lease;
    ttl_ = ttl;
  }
  changed_.notify_all();
}

Milliseconds LeaseKeeper::pause(bool failed) const {
  const Milliseconds third = std::max(Milliseconds(ttl_) / 3, shortest_pause);
  return failed ? std::min(third, before_another_try) : third;
}

void LeaseKeeper::run(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  bool failed = false;
  while (!stop.stop_requested()) {
    const std::int64_t lease = lease_;
    const auto is_other = [this, lease] { return lease_ != lease; };
    if (lease == 0 ? changed_.wait(lock, stop, is_other)
                   : changed_.wait_for(lock, stop, pause(failed), is_other)) {
      failed = false;
      continue;
    }
    if (stop.stop_requested()) return;
    lock.unlock();
    const Answer answer = ask(*etcd_, lease);
    lock.lock();
    failed = answer == Answer::None;
    if (answer == Answer::Over && lease_ == lease) lease_ = 0;
  }
}

}  // namespace reg::fleet
