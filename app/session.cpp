#include "session.h"

#include <unistd.h>

namespace reg::app {

Style Session::style() const { return Style::for_descriptor(globals_.color, STDOUT_FILENO); }

Workspace workspace_of(const Globals& globals) {
  const Workspace found =
      globals.workspace.empty() ? Workspace::find() : Workspace::at(globals.workspace);
  return globals.cache.empty() ? found : found.with_cache(globals.cache);
}

Workspace Session::workspace() const {
  Workspace found = workspace_of(globals_);
  messages_.debug("workspace " + found.root().string());
  return found;
}

Observer Session::observer() const {
  Observer observer;
  observer.waiting = [this](const std::filesystem::path& lock, const std::string& holder) {
    messages_.note("waiting for the lock " + lock.string() + ", which " + holder +
                   " seems to hold");
  };
  if (verbose()) observer.log = [this](const std::string& text) { messages_.debug(text); };
  return observer;
}

Exit Session::answer(const std::function<Exit(const Cache& cache)>& query) {
  const Workspace found = workspace();
  try {
    const Cache cache = Cache::open(found.cache());
    messages_.debug("cache " + cache.path().string());
    if (found.config_newer_than_cache())
      messages_.warning("registry.toml is newer than the cache", "run `reg auto-register`");
    return query(cache);
  } catch (const StaleCache& error) {
    if (out_.has_begun()) throw;
    messages_.debug(std::string(error.what()) + ": it is opened again");
  }
  out_.forget();
  return query(Cache::open(found.cache()));
}

}  // namespace reg::app
