#include "../fleet_commands.h"
#include "commands.h"

namespace reg::app {

void declare_fleet(Arguments& arguments) {
  arguments.describe(
      "Shows who publishes to the shared registry of [remote] in registry.toml: each origin, how "
      "many symbols, when (by its own clock), how long that lasts when nobody keeps it alive, "
      "which machine, and what this workspace has of it:\n"
      "  fresh    the same\n"
      "  stale    something older\n"
      "  missing  nothing\n"
      "  gone     something, though it is not published any more\n"
      "  own      it is this workspace's own origin\n"
      "  wrong    it cannot be taken\n"
      "Writes nothing.");
  arguments.exit_codes({"2: something is wrong in [remote]", "5: etcd cannot be reached"});
}

Action setup_fleet(Arguments& arguments) {
  declare_fleet(arguments);
  return hand_over;
}

}  // namespace reg::app
