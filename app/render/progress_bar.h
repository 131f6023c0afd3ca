#pragma once
// A progress bar for runs that are long enough to be noticed.

#include "../messages.h"

#include <reg/auto_register.h>
#include <chrono>
#include <cstddef>
#include <optional>

namespace reg::app {

// Draws on stderr, if that is a terminal and notes are wanted, from half a second after its
// construction on: every phase as soon as it begins, and ten times a second at most. The destructor
// removes what was drawn.
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
  std::optional<Phase> drawn_;  // what is on the terminal
  Clock::time_point start_, next_;
};

}  // namespace reg::app
