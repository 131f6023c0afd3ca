#pragma once
// What a run tells of its steps, to those who want to know.

#include <reg/auto_register.h>
#include <chrono>
#include <string>

namespace reg {

// Costs nothing where nobody listens: the texts are made by functions.
class StepLog {
 public:
  explicit StepLog(const Observer& observer) : log_(observer.log), detail_(observer.detail) {}

  template <typename Text>
  void say(Text text) const {
    if (log_) log_(text());
  }
  template <typename Text>
  void detail(Text text) const {
    if (detail_) detail_(text());
  }
  // The end of a step, with the time since the last one.
  template <typename Text>
  void step(Text text) {
    if (!log_) return;
    const Clock::time_point now = Clock::now();
    const auto taken = std::chrono::duration_cast<std::chrono::microseconds>(now - last_);
    last_ = now;
    log_(text() + " (" + std::to_string(taken.count() / 1000) + "." +
         std::to_string(taken.count() % 1000 / 100) + " ms)");
  }

 private:
  using Clock = std::chrono::steady_clock;
  const std::function<void(const std::string&)>&log_, &detail_;
  Clock::time_point last_ = Clock::now();
};

}  // namespace reg
