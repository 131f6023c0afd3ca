#include "../render/text.h"
#include "commands.h"

#include <reg/auto_register.h>
#include <text/names.h>
#include <filesystem>
#include <memory>

namespace reg::app {

namespace {

struct Options {
  std::string action;
};

Exit print_path(Session& session) {
  session.out().line(std::filesystem::absolute(session.workspace().cache()).string());
  return Exit::Done;
}

Exit verify(Session& session) {
  const Cache cache = Cache::open(session.workspace().cache());
  const std::vector<std::string> problems = cache.verify();
  for (const std::string& problem : problems) {
    session.messages().error(to_string(ErrorKind::Cache), problem);
  }
  if (!problems.empty()) return Exit::Storage;
  session.messages().note("the cache is well: " + counted(cache.size(), "symbol", "symbols"));
  return Exit::Done;
}

Exit clear(Session& session) {
  const Workspace workspace = session.workspace();
  const std::string path = workspace.cache().string();
  session.messages().note(clear_cache(workspace) ? "removed " + path : "there was no " + path);
  return Exit::Done;
}

Exit run(const Options& options, Session& session) {
  if (options.action == "path") return print_path(session);
  if (options.action == "verify") return verify(session);
  if (options.action == "clear") return clear(session);
  const std::string hint = did_you_mean(options.action, {"path", "verify", "clear"});
  throw UsageError("unknown action \"" + options.action + '"',
                   hint.empty() ? "one of path, verify, clear" : hint);
}

}  // namespace

Action setup_cache(Arguments& arguments) {
  auto options = std::make_shared<Options>();
  arguments.describe(
      "path    prints where the cache is\n"
      "verify  checks the whole cache: that it is laid out as it was written\n"
      "clear   removes the cache, but no source; `reg auto-register` makes it again");
  arguments.positional(options->action, "ACTION", "path, verify or clear");
  arguments.exit_codes({"5: the cache is missing, broken or locked"});
  return [options](Session& session) { return run(*options, session); };
}

}  // namespace reg::app
