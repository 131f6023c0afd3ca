#include "progress_bar.h"

#include "printable.h"
#include "style.h"
#include "terminal_width.h"
#include "text.h"
#include "wrapped.h"

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

// On a line of the terminal but for its last column, so that it never wraps: a wrapped line could
// not be drawn over.
std::string fitting_text(Phase phase, std::size_t done, std::size_t total) {
  const std::string word(word_for(phase));
  const std::size_t room = terminal_width(STDERR_FILENO).value_or(page_width) - 1;
  if (total == 0) return shortened(word, room);
  const std::string end = ' ' + amount(phase, done, total);
  const std::string whole = word + ' ' + bar(done, total) + end;
  return whole.size() <= room ? whole : shortened(word + end, room);
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
  draw('\r' + fitting_text(phase, done, total) + "\x1b[K");
}

}  // namespace reg::app
