#include "session.h"

#include "read_summary.h"
#include "render/auto_register_report.h"

#include <unistd.h>

namespace reg::app {

namespace {

void warn_of_changes(const Messages& messages, const Freshness& freshness) {
  const std::string changes = describe(freshness);
  if (!changes.empty()) messages.warning(changes, "run `reg auto-register`, or ask with --fresh");
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

Exit Session::answer(const Query& query) {
  const Workspace found = workspace();
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
  OpenedCache opened =
      open_cache(workspace, is_fresh ? std::optional(Refresh::Off) : std::nullopt, observer());
  messages_.info("cache " + opened.cache.path().string());
  warn_of(opened);
  if (opened.look_afterwards || verbose()) return ask_watched(workspace, opened, query);
  return query(opened.cache);
}

// Looks at the sources that the query read of, and tells what it read, whatever came of it.
Exit Session::ask_watched(const Workspace& workspace, OpenedCache& opened,
                          const Query& query) const {
  ReadSummary read;
  opened.cache.tell_reads([&](const SymbolRead& symbol) { read.add(symbol); });
  const auto finish = [&] {
    messages_.info("read of the cache: " + read.to_text(opened.cache.reads()));
    for (const std::string& path : read.sources()) messages_.debug("answered from " + path);
    if (opened.look_afterwards)
      warn_of_changes(messages_, look_at(workspace, opened.cache, read.sources()));
  };
  try {
    const Exit exit = query(opened.cache);
    finish();
    return exit;
  } catch (const StaleCache&) {
    throw;
  } catch (...) {
    finish();
    throw;
  }
}

void Session::warn_of(const OpenedCache& opened) const {
  const std::string changes = describe(opened.freshness);
  if (opened.problem.empty()) return warn_of_changes(messages_, opened.freshness);
  // Sources that were copied are no change to anybody.
  if (changes.empty() && opened.freshness.known) return;
  messages_.warning((changes.empty() ? "" : changes + "; ") +
                        "the cache could not be brought up to date: " + opened.problem,
                    "the answer is the old cache's; run `reg auto-register`");
}

}  // namespace reg::app
