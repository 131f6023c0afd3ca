#include "../named_cache.h"
#include "../render/difference.h"
#include "../render/text.h"
#include "../update_hint.h"
#include "commands.h"

#include <reg/difference.h>
#include <reg/freshness.h>
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
    throw UsageError("`reg diff` has table, json and jsonl output", "-o json has all of it");
  if (options.after && session.globals().fresh == FreshFirst::Yes)
    throw UsageError("--fresh is for the workspace's own cache, and NEW is given",
                     "without NEW, OLD is compared with it");
}

// `main...HEAD` is both: where they have parted, and the second.
void split_range(Options& options) {
  const std::string& name = options.before;
  const std::size_t dots = name.find("...");
  const bool is_range = dots != std::string::npos && !name.starts_with("./") &&
                        !name.starts_with("../") && !name.starts_with('/') &&
                        !name.starts_with(":/") && !name.ends_with(".json");
  if (!is_range || options.after) return;
  const std::string after = options.before.substr(dots + 3);
  options.after = after.empty() ? "HEAD" : after;
}

// Who asks for the exit code would take an old answer for one of today.
void refuse_stale(const Session& session) {
  if (session.globals().fresh == FreshFirst::Yes) return;
  const Workspace workspace = session.workspace();
  std::optional<OpenedCache> opened;
  try {
    opened = open_cache(workspace, {}, session.observer());
  } catch (const StorageError&) {
    return;  // the answer says so
  }
  const std::string changes =
      describe(opened->look_afterwards ? look(workspace) : opened->freshness);
  if (changes.empty()) return;
  const UpdateHint hint = update_hint(session.globals(), workspace, defines_of(opened->cache));
  throw StorageError(ErrorKind::Cache, changes,
                     hint.text + (hint.works ? ", or ask with --fresh" : ""));
}

using LeftOut = std::vector<Diagnostic>;

void write(Session& session, const CacheDifference& difference, const LeftOut& left_out) {
  if (wants_json(session)) {
    std::string text;
    append_difference(text, difference, left_out);
    return session.out().line(text);
  }
  const Moves moves = session.verbose() ? Moves::Shown : Moves::Hidden;
  write_partial(session.out(), session.style(), left_out);
  write_difference(session.out(), session.style(), difference, moves);
}

void warn_of_defines(const Session& session, const Cache& before, const Cache& after) {
  const Json old = defines_of(before), now = defines_of(after);
  if (to_text(old) == to_text(now)) return;
  session.messages().warning(
      "the caches were written with different --define: " + to_text(old) + " and " + to_text(now),
      "what a `when` leaves out may differ for that alone");
}

std::size_t oids_of(const Cache& cache) {
  std::size_t oids = 0;
  for (const RegistryInfo& registry : cache.registries())
    oids += cache.oids(registry.name, "", registry.symbols).size();
  return oids;
}

void tell_summary(const Session& session, const Cache& after, const CacheDifference& difference) {
  if (session.messages().quiet()) return;
  const std::string summary = difference_summary(difference);
  session.messages().note(!summary.empty() ? summary
                          : difference.empty()
                              ? "no difference: " + counted(oids_of(after), "oid", "oids") +
                                    " compared"
                              : "every oid selects the same");
}

Exit show(Session& session, const Cache& before, const Cache& after, const LeftOut& left_out) {
  const CacheDifference difference = compare(before, after);
  warn_of_defines(session, before, after);
  write(session, difference, left_out);
  tell_summary(session, after, difference);
  return left_out.empty() && difference.selects_alike() ? Exit::Done : Exit::Nothing;
}

Exit run(Options options, Session& session) {
  check_options(options, session);
  split_range(options);
  const NamedCache before = open_named(session, options.before);
  LeftOut left_out = before.left_out();
  if (!options.after) {
    refuse_stale(session);
    return session.answer(
        [&](const Cache& after) { return show(session, before.cache(), after, left_out); });
  }
  const NamedCache after = open_named(session, *options.after);
  for (Diagnostic& each : after.left_out()) left_out.push_back(std::move(each));
  return show(session, before.cache(), after.cache(), left_out);
}

}  // namespace

Action setup_diff(Arguments& arguments) {
  auto options = std::make_shared<Options>();
  arguments.describe(
      "Shows what differs between two caches, and for every oid that this concerns whether it\n"
      "selects the same for every context. OLD and NEW are cache files, folders of workspaces, or\n"
      "git revisions of this workspace, whose sources are read as they were then; A...B compares\n"
      "B with where the two have parted. A name with a leading ./, ../ or /, or that ends with\n"
      ".json, is a path. Of the formats of -o there are table, json and jsonl.\n"
      "  changed    some context selects another target; it is shown\n"
      "  same       no context does: this is proved\n"
      "  undecided  neither was found out\n"
      "Sources that git ignores are in no revision, and are taken as they are now. With -v, also\n"
      "the symbols that only stand elsewhere.");
  arguments.positional(options->before, "OLD", "what was: a cache file, a folder, or a revision");
  arguments.positional(options->after, "NEW", "what is; default: the workspace's cache");
  arguments.exit_codes(
      {"1: some oid is not the same, callers are refused or accepted, or something was left out",
       "2: no such revision, or its registry.toml cannot be used",
       "5: no cache, or an old one; no git repository, or no workspace in it then"});
  return [options](Session& session) { return run(*options, session); };
}

}  // namespace reg::app
