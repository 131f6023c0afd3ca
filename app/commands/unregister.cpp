#include "../render/auto_register_report.h"
#include "commands.h"

#include <reg/manual.h>
#include <memory>

namespace reg::app {

namespace {

struct Options {
  std::string registry, oid, target;
};

Exit run(const Options& options, Session& session) {
  const ManualReport report = unregister_symbol(session.workspace(), options.registry, options.oid,
                                                options.target, session.observer());
  std::string done = "unregistered " + options.registry + '/' + options.oid + ' ' + options.target;
  // What it had displaced is back.
  if (report.difference && report.difference->added != 0) done += "; " + difference_text(report);
  return write_report(
      session, report,
      {done + "; " + contents(report), "manual.reg.json and the cache were left as they were"});
}

}  // namespace

Action setup_unregister(Arguments& arguments) {
  auto options = std::make_shared<Options>();
  arguments.describe(
      "Takes one implementation out of the cache, in one locked step. What `reg register` added\n"
      "goes from manual.reg.json; of any other source, manual.reg.json notes that it is not "
      "wanted.");
  arguments.positional(options->registry, "REGISTRY", "the registry");
  arguments.positional(options->oid, "OID", "the identifier");
  arguments.positional(options->target, "TARGET", "the implementation");
  arguments.exit_codes({"3: it is not registered", "5: the cache is locked, or cannot be written"});
  return [options](Session& session) { return run(*options, session); };
}

}  // namespace reg::app
