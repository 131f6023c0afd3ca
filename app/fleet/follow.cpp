#include <follow.h>

#include "actions.h"
#include "connected.h"
#include "fleet_commands.h"
#include "follow_report.h"
#include "render/auto_register_report.h"
#include "render/text.h"

#include <follower.h>
#include <keeper.h>
#include <lease_keeper.h>
#include <service.h>
#include <workspace_files.h>
#include <workspace_shelf.h>

namespace reg::app {

namespace {

using fleet::FollowEnd;
using fleet::Follower;
using fleet::Keeper;
using fleet::Synced;

// What a publisher replaces while it is read is read again.
constexpr int most_rounds = 5;

AutoRegisterOptions options_of(const Session& session) {
  AutoRegisterOptions options;
  options.observer = session.observer();
  return options;
}

// What went wrong with others, once it has been told; `failed`: something else did, too.
Exit outcome(const Synced& synced, bool failed, Session& session) {
  for (const std::string& warning : synced.warnings) session.messages().warning(warning);
  Exit exit = Exit::Done;
  if (synced.report)
    exit = write_report(session, *synced.report,
                        {round_text(synced, failed), "the cache was left as it was"});
  if (synced.lost) throw fleet::EtcdError(*synced.lost);
  if (synced.not_applied) throw RegistryError(*synced.not_applied);
  if (synced.left == 0 && !synced.again) return exit;
  throw StorageError(ErrorKind::Io,
                     synced.again
                         ? "what is published changes faster than it can be read"
                         : counted(synced.left, "origin", "origins") + " could not be taken",
                     "all others were taken");
}

// Why that could not be done.
std::optional<RegistryError> keep(const Connected& here, const Follower& follower,
                                  fleet::WorkspaceFiles& files, const Session& session) {
  try {
    const fleet::Kept kept =
        Keeper(*here.etcd, here.remote, here.identity, files).keep(follower.own_head());
    if (kept.restored)
      session.messages().note("what this workspace publishes was gone, and is there again");
    if (!kept.warning.empty()) session.messages().warning(kept.warning);
  } catch (const RegistryError& error) {
    return error;
  }
  return std::nullopt;
}

Exit follow_once(const Connected& here, Session& session) {
  fleet::WorkspaceFiles files(here.workspace);
  fleet::WorkspaceShelf shelf(here.workspace, options_of(session));
  Follower follower(*here.etcd, here.remote, shelf);
  Synced synced = follower.sync();
  for (int round = 1; synced.again && round < most_rounds; ++round) {
    const Synced before = std::move(synced);
    synced = follower.sync();
    synced.taken += before.taken;
    synced.removed += before.removed;
    synced.chunks += before.chunks;
    synced.bytes += before.bytes;
    if (!synced.report) synced.report = before.report;
    synced.warnings.insert(synced.warnings.begin(), before.warnings.begin(), before.warnings.end());
  }
  const std::optional<RegistryError> not_kept =
      synced.lost ? std::nullopt : keep(here, follower, files, session);
  const Exit exit = outcome(synced, not_kept.has_value(), session);
  if (not_kept) throw RegistryError(*not_kept);
  return exit;
}

FollowEnd follow(const Connected& here, fleet::Signals& signals,
                 const fleet::ServiceManager& manager, const Session& session) {
  fleet::WorkspaceFiles files(here.workspace);
  fleet::WorkspaceShelf shelf(here.workspace, options_of(session));
  Follower follower(*here.etcd, here.remote, shelf);
  Keeper keeper(*here.etcd, here.remote, here.identity, files);
  fleet::LeaseKeeper leases(std::make_unique<fleet::Etcd>(here.etcd_options));
  RoundReports reports(session);
  const Messages& messages = session.messages();
  fleet::Following following(*here.etcd, here.remote, follower, keeper, leases, signals, manager,
                             {[&](const Synced& synced) { reports.tell(synced); },
                              [&](const std::string& text) { messages.note(text); },
                              [&](const std::string& text) { messages.warning(text); }});
  return following.run();
}

// The settings as they are by now; as they were, where they cannot be used.
void reload(Connected& here, const Session& session) {
  try {
    here = connected(session);
    session.messages().note("read registry.toml again");
  } catch (const RegistryError& error) {
    session.messages().error(error);
    session.messages().note("the settings stay as they were");
  }
}

Exit run(const FollowOptions& options, Session& session) {
  Connected here = connected(session);
  if (options.once) return follow_once(here, session);
  fleet::WorkspaceFiles files(here.workspace);
  const FileLock lock = files.follow_lock();
  fleet::Signals signals;
  const fleet::ServiceManager manager;
  while (follow(here, signals, manager, session) == FollowEnd::Reload) reload(here, session);
  return Exit::Done;
}

}  // namespace

Action follow_action(Arguments& arguments) {
  return [options = declare_follow(arguments)](Session& session) { return run(*options, session); };
}

}  // namespace reg::app
