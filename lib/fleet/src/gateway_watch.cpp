#include "gateway_watch.h"

#include "gateway_text.h"

#include <utility>

namespace reg::fleet {
namespace {

// Only changes have lines that are longer: they bring the values, which nobody reads.
constexpr std::size_t longest_line = std::size_t{64} << 10;

}  // namespace

GatewayWatch::GatewayWatch(const HttpOptions& options, HttpRequest request,
                           std::function<bool()> given_up)
    : given_up_(std::move(given_up)) {
  try {
    stream_.emplace(options, std::move(request), [this](std::string_view bytes) { take(bytes); });
  } catch (const HttpError&) {
    ended_ = true;
  }
}

bool GatewayWatch::wait(std::chrono::milliseconds time, int wake) {
  using Clock = std::chrono::steady_clock;
  const Clock::time_point until = Clock::now() + time;
  auto woken = HttpStream::Woken::No;
  while (!std::exchange(said_, false)) {
    if (ended()) return true;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now());
    if (left.count() <= 0 || woken == HttpStream::Woken::Yes) return false;
    try {
      woken = stream_->wait(left, wake);
    } catch (const HttpError&) {
      ended_ = true;
    }
  }
  return true;
}

bool GatewayWatch::ended() const { return ended_ || stream_->ended() || given_up_(); }

void GatewayWatch::take(std::string_view bytes) {
  while (!bytes.empty() && !ended_) {
    const std::size_t end = bytes.find('\n');
    const std::string_view part = bytes.substr(0, end);
    is_long_ = is_long_ || line_.size() + part.size() > longest_line;
    if (!is_long_) line_ += part;
    if (end == std::string_view::npos) return;
    end_line();
    bytes.remove_prefix(end + 1);
  }
}

void GatewayWatch::end_line() {
  const gateway::WatchLine line = is_long_        ? gateway::WatchLine::Changes
                                  : line_.empty() ? gateway::WatchLine::Nothing
                                                  : gateway::watch_line(line_);
  said_ = said_ || line == gateway::WatchLine::Changes;
  ended_ = ended_ || line == gateway::WatchLine::End;
  is_long_ = false;
  line_.clear();
}

}  // namespace reg::fleet
