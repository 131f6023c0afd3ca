#include "session.h"

#include "read_summary.h"
#include "render/auto_register_report.h"
#include "update_hint.h"

#include <unistd.h>

namespace reg::app {

namespace {

// Whether it is an answer from what it read, and not the word that there is none.
bool is_answer(const ReadSummary& read, Exit exit) {
  return exit == Exit::Done && !read.sources().empty();
}

}  // namespace

Style Session::style() const { return Style::for_descriptor(globals_.color, STDOUT_FILENO); }

Workspace workspace_of(const Globals& globals) {
  const Workspace found =
      globals.workspace.empty() ? Workspace::find() : Workspace::at(globals.workspace);
  return globals.cache.empty() ? found : found.with_cache(globals.cache);
}

Workspace Session::workspace() const {
  Workspace found = workspace_of(globals_);
  messages_.info("workspace " + found.root().string());
  return found;
}

Observer Session::observer() const {
  Observer observer;
  observer.waiting = [this](const std::filesystem::path& lock, const std::string& holder) {
    messages_.note("waiting for the lock " + lock.string() + ", which " + holder +
                   " seems to hold");
  };
  if (verbose()) observer.log = [this](const std::string& text) { messages_.info(text); };
  if (messages_.detailed())
    observer.detail = [this](const std::string& text) { messages_.debug(text); };
  return observer;
}

Exit Session::answer(const Query& query) { return answer(workspace(), query); }

Exit Session::answer(const Workspace& found, const Query& query) {
  if (const auto failed = refresh(found)) return *failed;
  try {
    return ask(found, query);
  } catch (const StaleCache& error) {
    if (out_.has_begun()) throw;
    messages_.info(std::string(error.what()) + ": it is opened again");
  }
  out_.forget();
  return ask(found, query);
}

std::optional<Exit> Session::refresh(const Workspace& workspace) const {
  if (globals_.fresh == FreshFirst::No) return std::nullopt;
  const std::optional<AutoRegisterReport> report = refresh_if_needed(workspace, observer());
  if (!report) return std::nullopt;
  for (const Diagnostic& diagnostic : report->diagnostics) messages_.diagnostic(diagnostic);
  if (!report->failed) return std::nullopt;
  return write_failure(*this, *report, "the cache was left as it was");
}

Exit Session::ask(const Workspace& workspace, const Query& query) const {
  const bool is_fresh = globals_.fresh == FreshFirst::Yes;
  OpenedCache opened = open(workspace, is_fresh ? std::optional(Refresh::Off) : std::nullopt);
  messages_.info("cache " + opened.cache.path().string());
  warn_of(workspace, opened);
  if (opened.look_afterwards || verbose()) return ask_watched(workspace, opened, query);
  return query(opened.cache);
}

// The hint of an error that a run would mend names the run, as it is to be typed here.
OpenedCache Session::open(const Workspace& workspace, std::optional<Refresh> refresh) const {
  try {
    return open_cache(workspace, refresh, observer());
  } catch (const StaleCache&) {
    throw;
  } catch (const StorageError& error) {
    throw StorageError(error.kind(), error.what(), hint_as_typed(globals_, error.hint()),
                       error.place());
  }
}

// Looks at the sources that the query read of, and tells what it read, whatever came of it. Where
// there is no answer, any source may have it by now, most likely a new one: then at all of them.
Exit Session::ask_watched(const Workspace& workspace, OpenedCache& opened,
                          const Query& query) const {
  ReadSummary read;
  opened.cache.tell_reads([&](const SymbolRead& symbol) { read.add(symbol); });
  const auto finish = [&](Exit exit) {
    messages_.info("read of the cache: " + read.to_text(opened.cache.reads()));
    for (const std::string& path : read.sources()) messages_.debug("answered from " + path);
    if (!opened.look_afterwards) return;
    warn_of_changes(workspace, opened.cache,
                    is_answer(read, exit)
                        ? look_at(workspace, opened.cache, read.sources(), read.registries())
                        : look(workspace));
  };
  try {
    const Exit exit = query(opened.cache);
    finish(exit);
    return exit;
  } catch (const StaleCache&) {
    throw;
  } catch (const RegistryError& error) {
    finish(exit_for(error.kind()));
    throw;
  }
}

void Session::warn_of_changes(const Workspace& workspace, const Cache& cache,
                              const Freshness& freshness) const {
  const std::string changes = describe(freshness);
  if (changes.empty()) return;
  const UpdateHint hint = update_hint(globals_, workspace, defines_of(cache));
  messages_.warning(changes, hint.text + (hint.works ? ", or ask with --fresh" : ""));
}

void Session::warn_of(const Workspace& workspace, const OpenedCache& opened) const {
  const std::string changes = describe(opened.freshness);
  if (opened.problem.empty()) return warn_of_changes(workspace, opened.cache, opened.freshness);
  // Sources that were copied are no change to anybody.
  if (changes.empty() && opened.freshness.known) return;
  const UpdateHint hint = update_hint(globals_, workspace, defines_of(opened.cache));
  const bool says_more = hint.works && !opened.hint.empty();
  messages_.warning((changes.empty() ? "" : changes + "; ") +
                        "the cache could not be brought up to date: " + opened.problem,
                    "the answer is the old cache's; " + (says_more ? opened.hint : hint.text));
}

}  // namespace reg::app
