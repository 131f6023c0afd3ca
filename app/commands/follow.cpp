#include "../fleet_commands.h"
#include "commands.h"

namespace reg::app {

std::shared_ptr<FollowOptions> declare_follow(Arguments& arguments) {
  auto options = std::make_shared<FollowOptions>();
  arguments.describe(
      "Brings what others publish to this workspace: into .reg/remote, one file for each origin, "
      "and from there into the cache. Goes on until it is stopped (SIGINT, SIGTERM), and keeps "
      "alive what this workspace publishes; SIGHUP makes it read registry.toml again. While etcd "
      "cannot be reached, what was taken before stays. Queries never wait for it.");
  arguments.flag(options->once, "--once", "bring it up to date once, and end");
  arguments.exit_codes({"2: something is wrong in the workspace's own sources, or in [remote]",
                        "5: etcd cannot be reached, what an origin publishes cannot be taken, or\n"
                        "the cache cannot be written (with --once)"});
  return options;
}

Action setup_follow(Arguments& arguments) {
  declare_follow(arguments);
  return hand_over;
}

}  // namespace reg::app
