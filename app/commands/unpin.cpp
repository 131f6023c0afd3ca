#include "../object_name.h"
#include "../render/auto_register_report.h"
#include "commands.h"

#include <reg/manual.h>
#include <memory>

namespace reg::app {

namespace {

struct Options {
  std::string object;
};

Exit run(const Options& options, Session& session) {
  const ObjectName name = object_name_from(options.object);
  const PinReport report =
      unpin_symbol(session.workspace(), name.registry, name.oid, session.observer());
  return write_report(session, report,
                      {"unpinned " + options.object + ", which was pinned to " +
                           report.before->target + " (" + report.before->reason + ')',
                       "manual.reg.json and the cache were left as they were"});
}

}  // namespace

Action setup_unpin(Arguments& arguments) {
  auto options = std::make_shared<Options>();
  arguments.describe(
      "Takes away what `reg pin` did: the implementation with the highest score wins again. "
      "`reg status`\n"
      "lists the pins.");
  arguments.positional(options->object, "REGISTRY/OID", "the registry and the identifier");
  arguments.surplus("a registry and an oid are one argument: REGISTRY/OID");
  arguments.exit_codes({"3: there is no such pin", "5: the cache is locked, or cannot be written"});
  return [options](Session& session) { return run(*options, session); };
}

}  // namespace reg::app
