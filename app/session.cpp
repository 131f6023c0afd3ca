#include "session.h"

#include <unistd.h>

namespace reg::app {

Style Session::style() const { return Style::for_descriptor(globals_.color, STDOUT_FILENO); }

Workspace Session::workspace() const {
  Workspace found =
      globals_.workspace.empty() ? Workspace::find() : Workspace::at(globals_.workspace);
  messages_.debug("workspace " + found.root().string());
  return found;
}

Cache Session::open_cache() const {
  const Workspace found = workspace();
  Cache cache = Cache::open(found.cache());
  messages_.debug("cache " + cache.path().string());
  if (found.config_newer_than(cache.path())) {
    messages_.warning("registry.toml is newer than the cache", "run `reg auto-register`");
  }
  return cache;
}

}  // namespace reg::app
