#include "service.h"

#include <fcntl.h>
#include <poll.h>
#include <reg/error.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>
#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdlib>
#include <cstring>

namespace reg::fleet {

namespace {

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : value;
}

std::optional<long> number_in(const char* name) {
  const std::string text = environment(name);
  long number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size() || number <= 0)
    return std::nullopt;
  return number;
}

}  // namespace

ServiceManager::ServiceManager() : socket_(environment("NOTIFY_SOCKET")) {
  const std::optional<long> whose = number_in("WATCHDOG_PID");
  const std::optional<long> time = number_in("WATCHDOG_USEC");
  if (time && (!whose || *whose == ::getpid()))
    watchdog_ = std::max(std::chrono::milliseconds(1), std::chrono::milliseconds(*time / 1000));
}

void ServiceManager::tell(std::string_view state) const {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (socket_.size() < 2 || socket_.size() >= sizeof address.sun_path) return;
  if (socket_.front() != '/' && socket_.front() != '@') return;
  std::memcpy(address.sun_path, socket_.data(), socket_.size());
  // An abstract socket is written with an @ in place of its NUL.
  if (socket_.front() == '@') address.sun_path[0] = '\0';
  const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + socket_.size());
  const Descriptor out(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  if (!out.is_open()) return;
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): how addresses are passed
  const auto* to = reinterpret_cast<const sockaddr*>(&address);
  while (::sendto(out.get(), state.data(), state.size(), MSG_NOSIGNAL, to, length) < 0 &&
         errno == EINTR) {
  }
}

namespace {

// What a handler may touch.
volatile std::sig_atomic_t stop_asked = 0;
volatile std::sig_atomic_t reload_asked = 0;
volatile std::sig_atomic_t wake = -1;
volatile std::sig_atomic_t hangup_stops = 0;  // the terminal is gone

constexpr std::array<int, 4> handled = {SIGINT, SIGTERM, SIGHUP, SIGALRM};
constexpr long patience_microseconds = 800'000;

void on_signal(int signal) {
  const int error = errno;
  if (signal == SIGALRM) ::_exit(0);
  if (signal == SIGHUP && hangup_stops == 0) {
    reload_asked = 1;
  } else if (stop_asked == 0) {
    stop_asked = 1;
    const itimerval timer{{0, 0}, {0, patience_microseconds}};
    ::setitimer(ITIMER_REAL, &timer, nullptr);
  }
  const char byte = 0;
  if (::write(wake, &byte, 1) < 0) {
    // It is full: there is news anyway.
  }
  errno = error;
}

void handle_by(void (*handler)(int)) {
  struct sigaction action {};
  action.sa_handler = handler;
  action.sa_flags = SA_RESTART;
  for (const int signal : handled) {
    struct sigaction before {};
    // What nohup(1), or a shell that has it in the background, does not want to reach it, does not.
    const bool is_ignored = ::sigaction(signal, nullptr, &before) == 0 &&
                            before.sa_handler == SIG_IGN && signal != SIGALRM;
    if (!is_ignored) ::sigaction(signal, &action, nullptr);
  }
}

}  // namespace

Signals::Signals() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) != 0)
    throw StorageError(ErrorKind::Io, std::string("cannot make a pipe: ") + std::strerror(errno));
  read_ = Descriptor(ends[0]);
  write_ = Descriptor(ends[1]);
  wake = write_.get();
  stop_asked = 0;
  reload_asked = 0;
  hangup_stops = ::isatty(STDERR_FILENO) == 1 ? 1 : 0;
  handle_by(on_signal);
}

Signals::~Signals() {
  const itimerval none{};
  ::setitimer(ITIMER_REAL, &none, nullptr);
  handle_by(SIG_DFL);
  wake = -1;
}

bool Signals::is_to_stop() const { return stop_asked != 0; }

bool Signals::take_reload() {
  const bool asked = reload_asked != 0;
  reload_asked = 0;
  return asked;
}

bool Signals::wait(std::chrono::milliseconds time) const {
  pollfd news{read_.get(), POLLIN, 0};
  const auto most = std::clamp<std::chrono::milliseconds::rep>(time.count(), 0, 3'600'000);
  return ::poll(&news, 1, static_cast<int>(most)) != 0;
}

void Signals::drain() const {
  std::array<char, 64> bytes{};
  while (::read(read_.get(), bytes.data(), bytes.size()) > 0) {
  }
}

}  // namespace reg::fleet
