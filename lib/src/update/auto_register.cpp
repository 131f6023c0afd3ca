#include <fcntl.h>

#include <update/frozen.h>
#include <update/update.h>
#include <workspace/atomic_file.h>

namespace reg {
namespace fs = std::filesystem;
namespace {

// A cache at the usual place would be found first, so it must not outlive a move to another one.
void remove_usual_cache(const Workspace& workspace, const fs::path& cache) {
  fs::path usual = workspace.root() / Workspace::default_cache;
  std::error_code error;
  if (usual == cache || fs::equivalent(usual, cache, error)) return;
  fs::remove(usual, error);
  fs::remove(state_path(usual), error);
}

bool remove_file(const fs::path& file) {
  std::error_code error;
  bool removed = fs::remove(file, error);
  if (error)
    throw StorageError(ErrorKind::Io, "cannot remove " + file.string() + ": " + error.message());
  return removed;
}

}  // namespace

AutoRegisterReport auto_register(const Workspace& workspace, const AutoRegisterOptions& options) {
  if (options.mode == WriteMode::DryRun) return rehearse(workspace, options);
  LockedWorkspace locked(workspace);
  refuse_if_frozen(locked.lock().cache());
  AutoRegisterReport report = update(locked, options);
  remove_usual_cache(workspace, locked.lock().cache());
  return report;
}

const char* to_string(SourceState state) {
  switch (state) {
    case SourceState::Fresh:
      return "fresh";
    case SourceState::Changed:
      return "changed";
    case SourceState::New:
      return "new";
    case SourceState::Gone:
      return "gone";
    case SourceState::Failed:
      return "failed";
  }
  return "unknown";
}

fs::path frozen_marker(const fs::path& cache) { return cache.string() + ".frozen"; }

bool is_frozen(const fs::path& cache) {
  std::error_code error;
  return fs::exists(fs::symlink_status(frozen_marker(cache), error));
}

void refuse_if_frozen(const fs::path& cache) {
  if (is_frozen(cache)) {
    throw StorageError(ErrorKind::Locked, "the cache " + cache.string() + " is locked",
                       "run `reg unlock` to allow changes");
  }
}

bool freeze_cache(const Workspace& workspace) {
  LockedWorkspace locked(workspace);
  if (is_frozen(locked.lock().cache())) return false;
  AtomicFile(frozen_marker(locked.lock().cache())).commit();
  return true;
}

bool thaw_cache(const Workspace& workspace) {
  LockedWorkspace locked(workspace);
  return remove_file(frozen_marker(locked.lock().cache()));
}

bool cache_frozen(const Workspace& workspace) {
  return is_frozen(cache_path(workspace, require_config(workspace).settings));
}

bool clear_cache(const Workspace& workspace) {
  LockedWorkspace locked(workspace);
  refuse_if_frozen(locked.lock().cache());
  bool removed = remove_file(locked.lock().cache());
  return remove_file(state_path(locked.lock().cache())) || removed;
}

std::vector<SourceStatus> source_status(const Workspace& workspace) {
  ConfigFile config = require_config(workspace);
  Discovery discovery = discover(workspace, config.settings);
  auto state = read_state(cache_path(workspace, config.settings));
  std::vector<SourceStatus> result;
  for (const PlannedSource& source : compare_sources(discovery, state ? &*state : nullptr)) {
    result.push_back({source.file.path, kind_of(source), source.state, source.why});
  }
  return result;
}

}  // namespace reg
