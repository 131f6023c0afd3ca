#include "commands.h"

#include <reg/status.h>

namespace reg::app {

namespace {

Exit run(Session& session) {
  const bool changed = freeze_cache(session.workspace(), session.observer());
  session.messages().note(changed ? "the cache is locked; `reg unlock` ends that"
                                  : "the cache was locked already");
  return Exit::Done;
}

}  // namespace

Action setup_lock(Arguments& arguments) {
  arguments.describe(
      "Freezes the cache: every command that would change it refuses until `reg unlock`. Queries\n"
      "work as before.");
  arguments.exit_codes({"5: there is no workspace, or it cannot be written"});
  return run;
}

}  // namespace reg::app
