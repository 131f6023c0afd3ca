#include "commands.h"

#include <reg/status.h>

namespace reg::app {

namespace {

Exit run(Session& session) {
  const bool changed = thaw_cache(session.workspace(), session.observer());
  session.messages().note(changed ? "the cache is unlocked" : "the cache was not locked");
  return Exit::Done;
}

}  // namespace

Action setup_unlock(Arguments& arguments) {
  arguments.describe("Ends what `reg lock` began: the cache can be changed again.");
  arguments.exit_codes({"5: there is no workspace, or it cannot be written"});
  return run;
}

}  // namespace reg::app
