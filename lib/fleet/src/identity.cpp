#include "identity.h"

#include <text/hash.h>
#include <unistd.h>
#include <fstream>

namespace reg::fleet {

namespace {

std::string first_line(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::string line;
  std::getline(in, line);
  return line;
}

std::string host_name() {
  std::string name(256, '\0');
  if (::gethostname(name.data(), name.size() - 1) != 0) return {};
  return name.substr(0, name.find('\0'));
}

// machine-id(5) asks not to pass it on as it is.
std::string digest(const std::string& text) {
  constexpr std::uint64_t seeds[] = {0x7265672d666c6565, 0x74};
  return hex_of(hash_of(text, seeds[0])) + hex_of(hash_of(text, seeds[1]));
}

constexpr std::size_t machine_id_digits = 32;

}  // namespace

Identity identity_of(const Workspace& workspace, const std::filesystem::path& system) {
  std::string machine = first_line(system / "etc/machine-id");
  // Images of systems have none yet: it is empty, or "uninitialized".
  if (machine.size() != machine_id_digits)
    machine = host_name() + '\n' + first_line(system / "proc/sys/kernel/random/boot_id");
  std::error_code ignored;
  std::filesystem::path root = std::filesystem::canonical(workspace.root(), ignored);
  if (root.empty()) root = workspace.root();
  return {digest(machine), digest(root.string())};
}

bool is_own_origin(const std::string& origin, const RemoteSettings& remote) {
  return !remote.publish.empty() && origin == remote.origin;
}

}  // namespace reg::fleet
