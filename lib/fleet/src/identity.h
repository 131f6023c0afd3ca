#pragma once
// Who publishes: a machine, and a workspace on it.

#include <reg/workspace.h>
#include <filesystem>
#include <string>

namespace reg::fleet {

struct Identity {
  std::string machine, workspace;
};

// Of this machine (machine-id(5), hashed; where there is none, its host name and boot id) and of
// that workspace. `system` is what the machine's files are looked for in.
Identity identity_of(const Workspace& workspace, const std::filesystem::path& system = "/");

}  // namespace reg::fleet
