#pragma once
// A progress bar for runs that are long enough to be noticed.

#include "../messages.h"

#include <reg/auto_register.h>
#include <chrono>
#include <cstddef>

namespace reg::app {

// Draws on stderr, if that is a terminal and notes are wanted, half a second after its construction
// and then ten times a second at most; the destructor removes what was drawn.
class ProgressBar {
 public:
  explicit ProgressBar(const Messages& messages);
  ~ProgressBar();
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  // `total` is 0 where it is not known.
  void show(Phase phase, std::size_t done, std::size_t total);

 private:
  using Clock = std::chrono::steady_clock;
  bool wanted_;
  bool drawn_ = false;
  Clock::time_point next_;
};

}  // namespace reg::app
