#include "../object_name.h"
#include "../render/auto_register_report.h"
#include "commands.h"

#include <reg/manual.h>
#include <memory>

namespace reg::app {

namespace {

struct Options {
  std::string object;
  std::string target;
  std::optional<std::string> reason;
};

std::string done(const std::string& object, const Pin& pin, const PinReport& report) {
  if (report.before == pin) return object + " is pinned to " + pin.target + " already";
  std::string text = "pinned " + object + " to " + pin.target;
  if (!report.before) return text + ", which wins wherever it applies";
  return text + ", instead of " + report.before->target + " (" + report.before->reason + ')';
}

Exit run(const Options& options, Session& session) {
  if (!options.reason) {
    throw UsageError("--reason is missing",
                     "why it is to win, for whoever meets the pin: --reason 'see #12'");
  }
  const ObjectName name = object_name_from(options.object);
  const Pin pin{name.oid, options.target, *options.reason};
  const PinReport report = pin_symbol(session.workspace(), name.registry, pin, session.observer());
  return write_report(
      session, report,
      {done(options.object, pin, report), "manual.reg.json and the cache were left as they were"});
}

}  // namespace

Action setup_pin(Arguments& arguments) {
  auto options = std::make_shared<Options>();
  arguments.describe(
      "Makes one implementation of an oid win wherever it applies, whatever others score. Where "
      "it\n"
      "does not apply, the best of the others wins, as without the pin. An oid has one pin: the "
      "new\n"
      "one takes the place of the old one. manual.reg.json keeps it, and `reg unpin` takes it "
      "away.");
  arguments.positional(options->object, "REGISTRY/OID", "the registry and the identifier");
  arguments.positional(options->target, "TARGET", "the implementation that is to win");
  arguments.option(options->reason, "--reason", "TEXT", "why, in one line; it must be given");
  arguments.surplus("a registry and an oid are one argument: REGISTRY/OID");
  arguments.exit_codes({"2: there is no reason", "3: it is not registered",
                        "5: the cache is locked, or cannot be written"});
  return [options](Session& session) { return run(*options, session); };
}

}  // namespace reg::app
