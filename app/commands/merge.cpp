#include "../render/auto_register_report.h"
#include "../render/text.h"
#include "commands.h"

#include <reg/manual.h>
#include <memory>

namespace reg::app {

namespace {

struct Options {
  std::string into;
  std::vector<std::string> from;
  bool force = false;
};

Exit run(const Options& options, Session& session) {
  const ManualReport report =
      merge_registries(session.workspace(), options.into, options.from,
                       options.force ? Force::Yes : Force::No, session.observer());
  return write_report(session, report,
                      {"merged " + joined(options.from) + " into " + options.into + ": " +
                           difference_text(report) + "; " + contents(report),
                       "manual.reg.json and the cache were left as they were"});
}

}  // namespace

Action setup_merge(Arguments& arguments) {
  auto options = std::make_shared<Options>();
  arguments.describe(
      "Copies every symbol of one or more registries into another, with the values of the fields\n"
      "that both have. manual.reg.json keeps the merge, so later runs carry it out again.");
  arguments.positional(options->into, "INTO", "the registry that takes the symbols");
  arguments.positional(options->from, "FROM", "the registries that they come from",
                       Occurs::AtLeastOnce);
  arguments.flag(options->force, "--force", "take the place of what is in the way");
  arguments.exit_codes({"2: there is no such registry, or a symbol is in the way",
                        "5: the cache is locked, or cannot be written"});
  return [options](Session& session) { return run(*options, session); };
}

}  // namespace reg::app
