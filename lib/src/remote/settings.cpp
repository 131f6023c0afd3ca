#include <manifest/manifest.h>
#include <reg/remote.h>
#include <workspace/files.h>

namespace reg {

std::optional<RemoteSettings> remote_settings(const Workspace& workspace) {
  ConfigFile config = read_config(read_file(workspace.config()).text, Workspace::config_name);
  if (config.state == SettingsState::Unknown)
    throw InputError(std::move(config.declarations.diagnostics));
  return std::move(config.settings.remote);
}

}  // namespace reg
