#include "actions.h"
#include "connected.h"
#include "fleet_commands.h"
#include "render/auto_register_report.h"
#include "render/text.h"

#include <publisher.h>
#include <reg/freshness.h>
#include <reg/shapes.h>
#include <workspace_files.h>

namespace reg::app {

namespace {

using fleet::Published;
using fleet::Publisher;
using fleet::TakeOver;
using fleet::WorkspaceFiles;

TakeOver take_over(const PublishOptions& options) {
  return options.force ? TakeOver::Yes : TakeOver::No;
}

Exit withdraw(const PublishOptions& options, const Connected& here, WorkspaceFiles& files,
              Session& session) {
  // A follower that finds the head gone puts nothing again, even if nothing is heard of this.
  const std::optional<fleet::PublishedNote> note = files.published();
  if (!note || note->is_of(here.remote)) files.remove_published();
  const fleet::Withdrawn done =
      Publisher(*here.etcd, here.remote, here.identity).withdraw(take_over(options));
  const bool removed = done.removed;
  const std::string& origin = here.remote.origin;
  if (session.wants_json())
    session.out().line(to_text(Json{{"origin", origin}, {"withdrawn", removed}}));
  session.messages().note(removed ? "withdrew what \"" + origin + "\" published"
                                  : "\"" + origin + "\" published nothing");
  if (!done.of_other.empty())
    session.messages().warning(
        done.of_other + (done.had_lease ? ": if `reg follow` runs there, it puts it again"
                                        : ": `reg publish` there puts it again"),
        "`reg publish --withdraw` in that workspace withdraws it for good");
  return Exit::Done;
}

// As `--fresh` does it; what the process is to end with, if that fails.
std::optional<Exit> bring_up_to_date(const Workspace& workspace, const Session& session) {
  const std::optional<AutoRegisterReport> report = refresh_if_needed(workspace, session.observer());
  if (!report) return std::nullopt;
  session.messages().diagnostics(report->diagnostics);
  if (!report->failed) return std::nullopt;
  return write_failure(session, *report, "nothing was published");
}

Publication publication(const Connected& here, const Session& session) {
  Publication made = publication_of(Cache::open(here.workspace), here.remote);
  session.messages().diagnostics(made.warnings);
  if (made.symbols == 0) {
    throw InputError("nothing is registered from the sources that `publish` of [remote] names",
                     "`reg list` shows what is; `reg publish --withdraw` takes away what \"" +
                         here.remote.origin + "\" publishes");
  }
  return made;
}

void warn_of_lease(const Connected& here, WorkspaceFiles& files, const Session& session) {
  if (!here.remote.lease || files.is_followed()) return;
  session.messages().warning(
      "nothing keeps alive what was published: it is gone in " +
          std::to_string(here.remote.lease->count()) + " s",
      "let `reg follow` run in this workspace, or have no `lease` in [remote]");
}

// Whoever follows has both, until the old one goes.
void warn_of_other(const WorkspaceFiles& files, const Connected& here, const Session& session) {
  const std::optional<fleet::PublishedNote> note = files.published();
  if (!note || note->is_of(here.remote)) return;
  session.messages().warning(
      '"' + note->origin + "\" of \"" + note->name + "\" is still published from here" +
          (note->lease ? ", until its lease is over" : ""),
      "to withdraw it: `reg publish --withdraw` with `name = \"" + note->name +
          "\"` and `origin = \"" + note->origin + "\"` in [remote]");
}

void report(const Publication& made, const Published& done, const Connected& here,
            Session& session) {
  if (session.wants_json()) {
    session.out().line(to_text(Json{{"origin", here.remote.origin},
                                    {"symbols", made.symbols},
                                    {"registries", made.registries},
                                    {"bytes", made.text.size()},
                                    {"chunks", done.chunks},
                                    {"chunks_put", done.chunks_put},
                                    {"bytes_put", done.bytes_put},
                                    {"revision", done.revision},
                                    {"changed", !done.unchanged}}));
  }
  const std::string what = counted(made.symbols, "symbol", "symbols") + " in " +
                           counted(made.registries, "registry", "registries") + " as \"" +
                           here.remote.origin + '"';
  session.messages().note(done.unchanged
                              ? "nothing changed: " + what
                              : "published " + what + " (" + grouped(done.chunks_put) + " of " +
                                    counted(done.chunks, "chunk", "chunks") + " put, " +
                                    counted(done.bytes_put, "byte", "bytes") + ')');
}

Exit run(const PublishOptions& options, Session& session) {
  const Connected here = connected(session);
  WorkspaceFiles files(here.workspace);
  // Who publishes later publishes what is newer.
  const FileLock lock = files.publish_lock();
  if (options.withdraw) return withdraw(options, here, files, session);
  if (here.remote.publish.empty()) {
    throw UsageError("this workspace only follows: [remote] has no `publish`",
                     "`publish = [\"kernels/**\"]` names which of its sources are to be published");
  }
  if (const auto failed = bring_up_to_date(here.workspace, session)) return *failed;
  const Publication made = publication(here, session);
  warn_of_other(files, here, session);
  const fleet::PublishedNote note = fleet::note_of(made.text, made.symbols, here.remote);
  const Published done =
      Publisher(*here.etcd, here.remote, here.identity)
          .publish(made.text, made.symbols, take_over(options), [&] { files.set_published(note); });
  if (done.unchanged) files.set_published(note);
  for (const std::string& warning : done.warnings) session.messages().warning(warning);
  report(made, done, here, session);
  warn_of_lease(here, files, session);
  return Exit::Done;
}

}  // namespace

Action publish_action(Arguments& arguments) {
  return
      [options = declare_publish(arguments)](Session& session) { return run(*options, session); };
}

}  // namespace reg::app
