#include "../object_name.h"
#include "../render/auto_register_report.h"
#include "../render/pin_effect.h"
#include "commands.h"

#include <reg/cache.h>
#include <reg/manual.h>
#include <reg/text.h>
#include <memory>

namespace reg::app {

namespace {

struct Options {
  std::string object;
  std::string target;
  std::optional<std::string> reason;
};

std::string done(const std::string& object, const Pin& pin, const PinReport& report, bool never) {
  if (report.before == pin) return object + " is pinned to " + pin.target + " already";
  std::string text = "pinned " + object + " to " + pin.target;
  if (!report.before) return text + (never ? "" : ", which wins wherever it applies");
  if (report.before->target == pin.target)
    return text + " as before, with another reason: it was " + report.before->reason;
  return text + ", instead of " + report.before->target + " (" + report.before->reason + ')';
}

// As the cache is now.
Applying applying_now(const Workspace& workspace, const std::string& registry, const Pin& pin) {
  try {
    return applying_of(Cache::open(workspace), registry, pin);
  } catch (const StorageError&) {
    return {};
  }
}

Exit run(const Options& options, Session& session) {
  if (!options.reason) {
    throw UsageError("--reason is missing",
                     "why it is to win, for whoever meets the pin: --reason 'see #12'");
  }
  const ObjectName name = object_name_from(options.object);
  const Pin pin{name.oid, options.target, *options.reason};
  const Workspace workspace = session.workspace();
  const PinReport report = pin_symbol(workspace, name.registry, pin, session.observer());
  const Applying applying = applying_now(workspace, name.registry, pin);
  const bool never = !report.failed && applying.verdict == Verdict::Never;
  const Exit exit = write_report(session, report,
                                 {done(options.object, pin, report, never),
                                  "manual.reg.json and the cache were left as they were"});
  if (never)
    session.messages().warning(
        pin.target + ' ' + never_applies(applying) + ": the pin has no effect",
        "`reg show " + shell_word(options.object) + "` shows the predicates");
  return exit;
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
