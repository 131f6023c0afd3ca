#include "connected.h"

namespace reg::app {

Connected connected(const Session& session) {
  const Workspace workspace = session.workspace();
  std::optional<RemoteSettings> remote = remote_settings(workspace);
  if (!remote) {
    throw UsageError(
        "this workspace shares nothing: " + workspace.config().string() + " has no [remote]",
        "[remote] with `etcd = [\"http://HOST:2379\"]` and `name = \"NAME\"`");
  }
  std::vector<std::string> warnings;
  fleet::EtcdOptions options = fleet::etcd_options(*remote, workspace, warnings);
  for (const std::string& warning : warnings) session.messages().warning(warning);
  fleet::EtcdOptions silent = options;
  if (session.verbose())
    options.log = [&messages = session.messages()](const std::string& text) {
      messages.info(text);
    };
  fleet::Identity identity = fleet::identity_of(workspace);
  return {workspace, *std::move(remote), std::move(identity),
          std::make_unique<fleet::Etcd>(std::move(options)), std::move(silent)};
}

}  // namespace reg::app
