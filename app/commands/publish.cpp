#include "../fleet_commands.h"
#include "commands.h"

namespace reg::app {

std::shared_ptr<PublishOptions> declare_publish(Arguments& arguments) {
  auto options = std::make_shared<PublishOptions>();
  arguments.describe(
      "Brings the cache up to date, and puts what it has of the sources that `publish` of [remote] "
      "in registry.toml names into etcd, for all who follow the shared registry: all of it at "
      "once, "
      "in place of what this workspace published before. Another machine's origin is not replaced "
      "without --force.");
  arguments.flag(options->withdraw, "--withdraw", "take away what this origin publishes");
  arguments.flag(options->force, "--force",
                 "even if another machine publishes under this origin; and puts all of it anew");
  arguments.exit_codes(
      {"2: something is wrong in the sources or in [remote], nothing is to be "
       "published,\nor the origin is another machine's",
       "5: etcd cannot be reached, or refuses; the cache cannot be written"});
  return options;
}

Action setup_publish(Arguments& arguments) {
  declare_publish(arguments);
  return hand_over;
}

}  // namespace reg::app
