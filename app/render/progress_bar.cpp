#include "progress_bar.h"

#include "style.h"
#include "text.h"

#include <unistd.h>
#include <algorithm>

namespace reg::app {

namespace {

using namespace std::chrono_literals;

constexpr auto quiet_start = 500ms;
constexpr auto interval = 100ms;
constexpr std::size_t width = 30;

// A bar that cannot be drawn is no error.
void draw(const std::string& text) {
  [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, text.data(), text.size());
}

std::string_view word_for(Phase phase) {
  switch (phase) {
    case Phase::Reading:
      return "reading";
    case Phase::Linking:
      return "linking";
    case Phase::Writing:
      return "writing";
  }
  return {};
}

std::string bar(std::size_t done, std::size_t total) {
  const std::size_t filled = width * std::min(done, total) / total;
  return '[' + std::string(filled, '#') + std::string(width - filled, ' ') + ']';
}

std::string amount(Phase phase, std::size_t done, std::size_t total) {
  return grouped(done) + " of " +
         (phase == Phase::Reading ? counted(total, "source", "sources")
                                  : counted(total, "symbol", "symbols"));
}

}  // namespace

ProgressBar::ProgressBar(const Messages& messages)
    : wanted_(!messages.quiet() && is_capable_terminal(STDERR_FILENO)),
      start_(Clock::now() + quiet_start) {}

ProgressBar::~ProgressBar() {
  if (drawn_) draw("\r\x1b[K");
}

void ProgressBar::show(Phase phase, std::size_t done, std::size_t total) {
  const Clock::time_point now = Clock::now();
  if (!wanted_ || now < start_ || (drawn_ == phase && now < next_)) return;
  next_ = now + interval;
  drawn_ = phase;
  std::string text = "\r" + std::string(word_for(phase));
  if (total != 0) text += ' ' + bar(done, total) + ' ' + amount(phase, done, total);
  draw(text + "\x1b[K");
}

}  // namespace reg::app
