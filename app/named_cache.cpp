#include "named_cache.h"

#include "render/text.h"

#include <reg/open_cache.h>
#include <reg/text.h>
#include <filesystem>

namespace reg::app {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t most_problems = 5;
constexpr std::size_t most_names = 5;

// What is a path whatever revisions there are.
bool is_written_as_path(const std::string& name) {
  return name == "." || name == ".." || name.starts_with("/") || name.starts_with("./") ||
         name.starts_with("../") || name.ends_with(".json");
}

bool is_cache_or_workspace(const std::string& name) {
  std::error_code error;
  if (!fs::is_directory(name, error)) return fs::exists(name, error);
  return fs::exists(fs::path(name) / Workspace::config_name, error);
}

// Without a workspace there is no repository to ask.
bool is_revision(const Session& session, const std::string& name) {
  try {
    return has_revision(session.workspace(), name);
  } catch (const StorageError&) {
    return false;
  }
}

bool is_path(const Session& session, const std::string& name) {
  if (is_written_as_path(name)) return true;
  if (!is_cache_or_workspace(name)) {
    // A folder without a workspace is said to be that.
    std::error_code error;
    return fs::is_directory(name, error) && !is_revision(session, name);
  }
  if (!is_revision(session, name)) return true;
  throw UsageError(
      in_quotes(name) + " is both a file and a git revision",
      shell_word("./" + name) + " is the file, " + shell_word(name + "^0") + " the revision");
}

// What helps with a workspace's own cache does not with a file that was named.
Cache open_file(const Session& session, const std::string& name) {
  try {
    return Cache::open(name);
  } catch (const StorageError& error) {
    throw StorageError(
        error.kind(), error.what(),
        is_revision(session, name)
            ? shell_word(name + "^0") + " is the revision of that name"
            : "OLD and NEW are cache files, folders of workspaces, or git revisions");
  }
}

// A workspace is looked for nowhere else.
Workspace workspace_at(const std::string& folder) {
  try {
    return Workspace::at(folder);
  } catch (const StorageError& error) {
    throw StorageError(error.kind(), error.what(),
                       "of folders, those of workspaces can be named; a cache by its file, as " +
                           shell_word((fs::path(folder) / "registry_cache.json").string()));
  }
}

Cache open_path(const Session& session, const std::string& name) {
  std::error_code error;
  if (!fs::is_directory(name, error)) return open_file(session, name);
  OpenedCache opened = open_cache(workspace_at(name), {}, session.observer());
  const std::string changes = describe(opened.freshness);
  if (!changes.empty()) session.messages().warning(name + ": " + changes);
  return std::move(opened.cache);
}

// Those of the cache that there is.
Json defines_for(const Workspace& workspace) {
  try {
    return defines_of(Cache::open(workspace));
  } catch (const StorageError&) {
    return Json::object();
  }
}

// They are nobody's mistake of today.
void tell_problems(const Session& session, const RevisionCache& revision) {
  const std::vector<Diagnostic>& problems = revision.problems();
  const std::size_t shown =
      session.verbose() ? problems.size() : std::min(problems.size(), most_problems);
  for (std::size_t i = 0; i < shown; ++i) {
    Diagnostic problem = problems[i];
    problem.severity = Severity::Warning;
    session.messages().diagnostic(problem);
  }
  if (shown < problems.size())
    session.messages().warning("and " + grouped(problems.size() - shown) + " more of the kind",
                               "-v shows all");
}

void tell_sources_of_now(const Session& session, const std::string& name,
                         const RevisionCache& revision) {
  std::vector<std::string> names = revision.as_now();
  if (names.empty()) return;
  const std::size_t more = names.size() - std::min(names.size(), most_names);
  names.resize(names.size() - more);
  if (more != 0) names.push_back(grouped(more) + " more");
  session.messages().note(name + ": taken as now, being in no revision: " + joined(names));
}

RevisionCache open_revision(const Session& session, const std::string& name) {
  const Workspace workspace = session.workspace();
  // What the log would tell of the temporary workspace is nothing to anybody.
  Observer observer;
  observer.waiting = session.observer().waiting;
  RevisionCache revision = RevisionCache::make(workspace, name, defines_for(workspace), observer);
  tell_problems(session, revision);
  tell_sources_of_now(session, name, revision);
  return revision;
}

}  // namespace

std::vector<Diagnostic> NamedCache::left_out() const {
  std::vector<Diagnostic> found;
  if (const auto* revision = std::get_if<RevisionCache>(&is_)) {
    for (const Diagnostic& each : revision->problems()) {
      if (each.severity == Severity::Error) found.push_back(each);
    }
  }
  return found;
}

NamedCache open_named(const Session& session, const std::string& name) {
  if (name.empty()) throw UsageError("a cache's name is empty", "a file, a folder or a revision");
  if (is_path(session, name)) return NamedCache(open_path(session, name));
  return NamedCache(open_revision(session, name));
}

}  // namespace reg::app
