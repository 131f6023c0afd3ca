#include "fleet_commands.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <vector>

namespace reg::app {

// Beside this program only: what else is called so on the PATH may be another version.
Exit hand_over(Session& session) {
  std::error_code error;
  const std::filesystem::path self = std::filesystem::read_symlink("/proc/self/exe", error);
  if (error)
    throw StorageError(ErrorKind::Io, "cannot tell where reg is installed: " + error.message());
  const std::filesystem::path program = self.parent_path() / "reg-fleet";
  std::vector<std::string> words = session.globals().words;
  if (words.empty()) words.emplace_back();
  words.front() = "reg-fleet";
  std::vector<char*> arguments;
  arguments.reserve(words.size() + 1);
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  ::execv(program.c_str(), arguments.data());
  if (errno == ENOENT) {
    throw StorageError(ErrorKind::Io,
                       "reg-fleet is not installed beside reg: there is no " + program.string(),
                       "install the package reg-fleet, or build with REG_BUILD_FLEET=ON");
  }
  throw StorageError(ErrorKind::Io,
                     "cannot start " + program.string() + ": " + std::strerror(errno));
}

}  // namespace reg::app
