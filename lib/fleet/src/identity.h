#pragma once
// Who publishes: a machine, and a workspace on it.

#include <reg/remote_settings.h>
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

// Whether that is the origin under which this workspace publishes. Who publishes nothing has none:
// one that is called as its own would be, by default its host's name, is like any other.
bool is_own_origin(const std::string& origin, const RemoteSettings& remote);

}  // namespace reg::fleet
