#include "../named_cache.h"
#include "../render/difference.h"
#include "commands.h"

#include <reg/difference.h>
#include <reg/shapes.h>
#include <memory>

namespace reg::app {

namespace {

struct Options {
  std::string before;
  std::optional<std::string> after;
};

bool wants_json(const Session& session) {
  return session.format() == Format::Json || session.format() == Format::JsonLines;
}

void check_options(const Options& options, const Session& session) {
  if (!wants_json(session) && session.format() != Format::Table)
    throw UsageError("`reg diff` has table and json output", "-o json has all of it");
  if (options.after && session.globals().fresh == FreshFirst::Yes)
    throw UsageError("--fresh is for the workspace's own cache, and NEW is given",
                     "without NEW, OLD is compared with it");
}

void write(Session& session, const CacheDifference& difference) {
  if (!wants_json(session)) {
    const Moves moves = session.verbose() ? Moves::Shown : Moves::Hidden;
    return write_difference(session.out(), session.style(), difference, moves);
  }
  std::string text;
  append_difference(text, difference);
  session.out().line(text);
}

void warn_of_defines(const Session& session, const Cache& before, const Cache& after) {
  const Json old = defines_of(before), now = defines_of(after);
  if (to_text(old) == to_text(now)) return;
  session.messages().warning(
      "the caches were written with different --define: " + to_text(old) + " and " + to_text(now),
      "what a `when` leaves out may differ for that alone");
}

Exit show(Session& session, const Cache& before, const Cache& after) {
  const CacheDifference difference = compare(before, after);
  warn_of_defines(session, before, after);
  write(session, difference);
  const std::string summary = difference_summary(difference);
  if (!summary.empty()) session.messages().note(summary);
  return difference.selects_alike() ? Exit::Done : Exit::Nothing;
}

Exit run(const Options& options, Session& session) {
  check_options(options, session);
  const NamedCache before = open_named(session, options.before);
  if (options.after)
    return show(session, before.cache(), open_named(session, *options.after).cache());
  return session.answer([&](const Cache& after) { return show(session, before.cache(), after); });
}

}  // namespace

Action setup_diff(Arguments& arguments) {
  auto options = std::make_shared<Options>();
  arguments.describe(
      "Shows what differs between two caches, and for every oid that this concerns whether it\n"
      "selects the same for every context. OLD and NEW are cache files, folders of workspaces, or\n"
      "git revisions of this workspace, whose sources are read as they were then. A name with a\n"
      "leading ./, ../ or /, or that ends with .json, is a path.\n"
      "  changed    some context selects another target; it is shown\n"
      "  same       no context does: this is proved\n"
      "  undecided  neither was found out\n"
      "Sources that git ignores are in no revision, and are taken as they are now. With -v, also\n"
      "the symbols that only stand elsewhere.");
  arguments.positional(options->before, "OLD", "what was: a cache file, a folder, or a revision");
  arguments.positional(options->after, "NEW", "what is; default: the workspace's cache");
  arguments.exit_codes({"1: some oid is added, removed, changed or undecided",
                        "2: no such revision, or its registry.toml cannot be used",
                        "5: no cache, no git repository, or no workspace in the revision"});
  return [options](Session& session) { return run(*options, session); };
}

}  // namespace reg::app
