#include <doctest/doctest.h>
#include <identity.h>
#include <scratch.h>
#include <service.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <cstring>

using namespace reg_test;
using namespace reg::fleet;

namespace {

// Who listens as systemd does.
class Listener {
 public:
  explicit Listener(const std::string& name) : socket_(::socket(AF_UNIX, SOCK_DGRAM, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, name.data(), name.size());
    if (name.front() == '@') address.sun_path[0] = '\0';
    const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size());
    REQUIRE(::bind(socket_.get(), reinterpret_cast<const sockaddr*>(&address), length) == 0);
    ::setenv("NOTIFY_SOCKET", name.c_str(), 1);
  }
  ~Listener() {
    ::unsetenv("NOTIFY_SOCKET");
    ::unsetenv("WATCHDOG_USEC");
    ::unsetenv("WATCHDOG_PID");
  }
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;
  std::string heard() const {
    std::array<char, 100> text{};
    const ssize_t got = ::recv(socket_.get(), text.data(), text.size(), MSG_DONTWAIT);
    return got < 0 ? std::string() : std::string(text.data(), static_cast<std::size_t>(got));
  }

 private:
  reg::Descriptor socket_;
};

}  // namespace

TEST_CASE("a service manager is told by its socket, in the file system or abstract") {
  const ScratchFolder scratch;
  std::string name = (scratch / "notify").string();
  SUBCASE("a file") {}
  SUBCASE("abstract") { name = "@" + name.substr(1); }
  const Listener listener(name);
  const ServiceManager manager;
  manager.tell("READY=1");
  CHECK(listener.heard() == "READY=1");
  CHECK_FALSE(manager.watchdog());
}

TEST_CASE("a watchdog is meant for the process that it names, or for any") {
  const ScratchFolder scratch;
  const Listener listener((scratch / "notify").string());
  ::setenv("WATCHDOG_USEC", "2000000", 1);
  CHECK(ServiceManager().watchdog() == std::chrono::seconds(2));
  ::setenv("WATCHDOG_PID", std::to_string(::getpid()).c_str(), 1);
  CHECK(ServiceManager().watchdog() == std::chrono::seconds(2));
  ::setenv("WATCHDOG_PID", "1", 1);
  CHECK_FALSE(ServiceManager().watchdog());
  ::unsetenv("WATCHDOG_PID");
  ::setenv("WATCHDOG_USEC", "often", 1);
  CHECK_FALSE(ServiceManager().watchdog());
}

TEST_CASE("nobody to be told is no error") {
  ::setenv("NOTIFY_SOCKET", "relative", 1);
  CHECK_NOTHROW(ServiceManager().tell("READY=1"));
  ::setenv("NOTIFY_SOCKET", "/nobody/is/here", 1);
  CHECK_NOTHROW(ServiceManager().tell("READY=1"));
  ::unsetenv("NOTIFY_SOCKET");
}

TEST_CASE("signals end a wait, and say what they ask for") {
  Signals signals;
  CHECK_FALSE(signals.wait(std::chrono::milliseconds(0)));
  ::raise(SIGHUP);
  CHECK(signals.wait(std::chrono::milliseconds(0)));
  signals.drain();
  CHECK_FALSE(signals.wait(std::chrono::milliseconds(0)));
  CHECK(signals.take_reload());
  CHECK_FALSE(signals.take_reload());
  CHECK_FALSE(signals.is_to_stop());
  ::raise(SIGTERM);
  CHECK(signals.wait(std::chrono::milliseconds(0)));
  CHECK(signals.is_to_stop());
}

TEST_CASE("a signal that is ignored from the start stays so") {
  ::signal(SIGHUP, SIG_IGN);
  {
    const Signals signals;
    ::raise(SIGHUP);
    CHECK_FALSE(signals.wait(std::chrono::milliseconds(0)));
  }
  CHECK((::signal(SIGHUP, SIG_DFL) == SIG_IGN));
}

TEST_CASE(
    "a machine is told by its machine-id, hashed, or by its name and boot where it has none") {
  const ScratchFolder scratch;
  write_file(scratch / "registry.toml", "");
  const reg::Workspace workspace = reg::Workspace::at(scratch.path());
  std::filesystem::create_directories(scratch / "etc");
  std::filesystem::create_directories(scratch / "proc/sys/kernel/random");
  const std::string id = "0123456789abcdef0123456789abcdef";
  write_file(scratch / "etc/machine-id", id + "\n");
  const Identity with_id = identity_of(workspace, scratch.path());
  CHECK(with_id.machine.size() == 32);
  CHECK(with_id.machine != id);
  CHECK(with_id.machine == identity_of(workspace, scratch.path()).machine);
  CHECK(with_id.workspace != with_id.machine);
  write_file(scratch / "etc/machine-id", "uninitialized\n");
  write_file(scratch / "proc/sys/kernel/random/boot_id", "one\n");
  const Identity first_boot = identity_of(workspace, scratch.path());
  write_file(scratch / "proc/sys/kernel/random/boot_id", "two\n");
  CHECK(first_boot.machine != identity_of(workspace, scratch.path()).machine);
  CHECK(first_boot.machine != with_id.machine);
}
