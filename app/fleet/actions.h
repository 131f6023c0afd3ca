#pragma once
// What reg-fleet does for the commands that `reg` hands over.

#include "command.h"

namespace reg::app {

Action publish_action(Arguments& arguments);
Action follow_action(Arguments& arguments);
Action fleet_action(Arguments& arguments);

}  // namespace reg::app
