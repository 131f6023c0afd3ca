#pragma once
// What a service manager is told (sd_notify(3)), and the signals by which it speaks.

#include <workspace/descriptor.h>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace reg::fleet {

// Who started this process, if they asked by NOTIFY_SOCKET to be told how it is. Telling never
// fails: there may be nobody.
class ServiceManager {
 public:
  ServiceManager();
  // `READY=1`, `STOPPING=1`, `WATCHDOG=1`.
  void tell(std::string_view state) const;
  // How often they want to hear that it lives; nullopt: they do not.
  std::optional<std::chrono::milliseconds> watchdog() const { return watchdog_; }

 private:
  std::string socket_;
  std::optional<std::chrono::milliseconds> watchdog_;
};

// SIGINT and SIGTERM, which ask to stop, and SIGHUP, which asks to read the settings again, or, of
// who speaks to a terminal, to stop. Those that are ignored from the start stay so. One at a time
// in a process. Whoever is busy for longer than a second after it was asked to stop is ended
// as it is: what it writes is whole or not there.
class Signals {
 public:
  Signals();
  ~Signals();
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;

  int descriptor() const { return read_.get(); }  // can be read when there is news
  bool is_to_stop() const;
  bool take_reload();
  // Waits for a signal; false: the time is over.
  bool wait(std::chrono::milliseconds time) const;
  // Makes the descriptor quiet again.
  void drain() const;

 private:
  Descriptor read_, write_;
};

}  // namespace reg::fleet
