#include "../render/text.h"
#include "commands.h"

#include <reg/status.h>
#include <reg/text.h>
#include <memory>

namespace reg::app {

namespace {

struct Options {
  std::string action;
};

Exit print_path(Session& session) {
  const std::string path = session.workspace().cache().string();
  session.out().line(session.wants_json() ? to_text(Json{{"path", path}}) : path);
  return Exit::Done;
}

Exit verify(Session& session) {
  const Cache cache = Cache::open(session.workspace().cache());
  const std::vector<std::string> problems = cache.verify();
  if (session.wants_json()) {
    session.out().line(to_text(
        Json{{"path", cache.path().string()}, {"symbols", cache.size()}, {"problems", problems}}));
  }
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
  const bool removed = clear_cache(workspace, session.observer());
  if (session.wants_json()) session.out().line(to_text(Json{{"path", path}, {"removed", removed}}));
  session.messages().note(removed ? "removed " + path : "there was no " + path);
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
      "Finds, checks or removes the cache, which `reg auto-register` makes:\n"
      "  path    prints where it is\n"
      "  verify  checks the whole of it: that every byte is what was written\n"
      "  clear   removes it, but no source");
  arguments.positional(options->action, "ACTION", "path, verify or clear");
  arguments.exit_codes({"5: the cache is missing, broken or locked"});
  return [options](Session& session) { return run(*options, session); };
}

}  // namespace reg::app
