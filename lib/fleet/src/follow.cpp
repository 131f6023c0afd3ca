#include "follow.h"

#include <algorithm>
#include <utility>

namespace reg::fleet {

namespace {

using Milliseconds = std::chrono::milliseconds;

constexpr Milliseconds longest_pause{10'000};
// Many who publish at once are one round.
constexpr Milliseconds shortest_round{100};
// A cache that cannot be brought up to date mostly waits for a person.
constexpr Milliseconds first_catch_up{2'000}, longest_catch_up{60'000};
constexpr Milliseconds first_keep_pause{2'000}, longest_keep_pause{60'000};

}  // namespace

Following::Following(KeyStore& etcd, const RemoteSettings& remote, Follower& follower,
                     Keeper& keeper, LeaseKeeper& leases, Signals& signals,
                     const ServiceManager& manager, FollowReports reports)
    : etcd_(etcd),
      remote_(remote),
      follower_(follower),
      keeper_(keeper),
      leases_(leases),
      signals_(signals),
      manager_(manager),
      reports_(std::move(reports)),
      lease_(remote.lease) {}

FollowEnd Following::run() {
  while (true) {
    round();
    if (signals_.is_to_stop()) break;
    if (!wait()) {
      signals_.drain();
      if (signals_.is_to_stop()) break;
      if (signals_.take_reload()) return FollowEnd::Reload;
    }
  }
  manager_.tell("STOPPING=1");
  return FollowEnd::Stopped;
}

void Following::round() {
  began_ = Clock::now();
  const Synced synced = follower_.sync(began_ >= next_catch_up_ ? CatchUp::Yes : CatchUp::No);
  reports_.synced(synced);
  tell_of(synced.lost);
  const bool stays_behind = synced.not_applied || (synced.report && synced.report->failed);
  if (stays_behind) {
    catch_up_pause_ = std::clamp(catch_up_pause_ * 2, first_catch_up, longest_catch_up);
    next_catch_up_ = Clock::now() + catch_up_pause_;
  } else if (synced.report) {
    catch_up_pause_ = Milliseconds(0);
  }
  // What could not be put in place is staged anew in each round: not all the time.
  const bool slow = synced.lost || synced.not_applied;
  Milliseconds most = longest_pause;
  if (lease_) most = std::min<Milliseconds>(most, *lease_ / 3);
  pause_ = slow ? std::clamp(pause_ * 2, std::min(remote_.poll, most), most) : remote_.poll;
  next_round_ = synced.again ? began_ + shortest_round : Clock::now() + pause_;
  if (synced.lost) return;
  if (!synced.again && !stays_behind && !follower_.is_behind() && !std::exchange(ready_, true))
    manager_.tell("READY=1");
  if (own_revision() != kept_revision_ || Clock::now() >= next_keep_) keep();
  watch_on();
}

// 0: there is no own head.
std::int64_t Following::own_revision() const {
  return follower_.own_head() == nullptr ? 0 : follower_.own_head()->mod_revision;
}

void Following::keep() {
  next_keep_ = Clock::now() + longest_pause;
  kept_revision_ = own_revision();
  try {
    const Kept kept = keeper_.keep(follower_.own_head());
    leases_.keep(kept.lease, kept.ttl.value_or(std::chrono::seconds(0)));
    // It may have been published with another one than these settings have.
    lease_ = kept.ttl;
    if (kept.ttl) next_keep_ = Clock::now() + std::max<Milliseconds>(*kept.ttl, shortest_round) / 3;
    if (kept.restored) reports_.note("what this workspace publishes was gone, and is there again");
    if (!kept.warning.empty()) reports_.warning(kept.warning);
    if (!std::exchange(keep_trouble_, {}).empty())
      reports_.note("what this workspace publishes is kept alive again");
    keep_pause_ = Milliseconds(0);
  } catch (const RegistryError& error) {
    keep_later(error);
  }
}

// What can be read cannot always be written: that is a trouble of its own.
void Following::keep_later(const RegistryError& error) {
  Milliseconds most = longest_keep_pause;
  if (lease_) most = std::min<Milliseconds>(most, *lease_);
  const Milliseconds first = std::min(remote_.poll, first_keep_pause);
  keep_pause_ = std::clamp(keep_pause_ * 2, first, most);
  next_keep_ = Clock::now() + keep_pause_;
  // Without a lease, nothing but a round keeps.
  next_round_ = std::min(next_round_, next_keep_);
  const auto* of_etcd = dynamic_cast<const EtcdError*>(&error);
  // Which member says it, and when, is no other trouble.
  const std::string trouble =
      of_etcd == nullptr ? error.what() : std::to_string(static_cast<int>(of_etcd->reason()));
  if (std::exchange(keep_trouble_, trouble) == trouble) return;
  reports_.warning(std::string("what this workspace publishes cannot be kept alive: ") +
                   error.what() + (error.hint().empty() ? "" : ": " + error.hint()));
}

// Once when it begins, and once when it ends.
void Following::tell_of(const std::optional<EtcdError>& lost) {
  if (!lost) {
    if (trouble_) reports_.note("etcd answers again");
    trouble_.reset();
    return;
  }
  watch_.reset();
  if (trouble_ == lost->reason()) return;
  trouble_ = lost->reason();
  reports_.warning(std::string(lost->what()) + "; what was taken before stays" +
                   (lost->hint().empty() ? "" : ": " + lost->hint()));
}

// One that ended is begun anew, but not all the time: the rounds go on without it.
void Following::watch_on() {
  if (watch_ && watch_->ended()) watch_.reset();
  if (watch_ || Clock::now() < next_watch_) return;
  next_watch_ = Clock::now() + remote_.poll;
  const std::string heads = follower_.keys().heads();
  watch_ = etcd_.watch(heads, prefix_end(heads), follower_.heads().revision() + 1);
}

Following::Clock::time_point Following::next_event() const {
  Clock::time_point next = next_round_;
  if (lease_ && !trouble_) next = std::min(next, next_keep_);
  if (const auto watchdog = manager_.watchdog())
    next = std::min(next, Clock::now() + *watchdog / 2);
  return next;
}

bool Following::wait() {
  while (true) {
    if (manager_.watchdog()) manager_.tell("WATCHDOG=1");
    if (!wait_until(next_event())) return false;
    const Clock::time_point now = Clock::now();
    if (now >= next_round_) return true;
    if (lease_ && !trouble_ && now >= next_keep_) keep();
  }
}

bool Following::wait_until(Clock::time_point due) {
  const auto left = [](Clock::time_point until) {
    return std::max(Milliseconds(0), std::chrono::ceil<Milliseconds>(until - Clock::now()));
  };
  if (!watch_) return !signals_.wait(left(due));
  const bool said = watch_->wait(left(due), signals_.descriptor());
  if (signals_.wait(Milliseconds(0))) return false;
  if (said && watch_->ended()) {
    watch_.reset();
  } else if (said) {
    next_round_ = std::min(next_round_, std::max(began_ + shortest_round, Clock::now()));
    return !signals_.wait(left(next_round_));
  }
  return true;
}

}  // namespace reg::fleet
