#pragma once
// The commands that speak to a network: `reg` knows what they can be given, `reg-fleet` carries
// them out.

#include "command.h"

#include <memory>
#include <span>

namespace reg::app {

struct PublishOptions {
  bool withdraw = false;
  bool force = false;
};
struct FollowOptions {
  bool once = false;
};

std::shared_ptr<PublishOptions> declare_publish(Arguments& arguments);
std::shared_ptr<FollowOptions> declare_follow(Arguments& arguments);
void declare_fleet(Arguments& arguments);

// Goes on as the program `reg-fleet` beside this one, with the same arguments. Returns only if it
// cannot: throws StorageError.
Exit hand_over(Session& session);

}  // namespace reg::app
