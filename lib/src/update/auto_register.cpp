#include <reg/auto_register.h>
#include <reg/freshness.h>
#include <update/update.h>
#include <workspace/atomic_file.h>

namespace reg {
namespace {

// What killed writers left of the files that are changed under the workspace's lock. If another
// process has it, that one sees to it.
void remove_leftovers(const Workspace& workspace) {
  if (!AtomicFile::has_leftovers(workspace.manual()) &&
      !AtomicFile::has_leftovers(workspace.config()))
    return;
  const auto lock = WorkspaceLock::try_lock(workspace.root());
  if (!lock) return;
  AtomicFile::remove_leftovers(workspace.manual());
  AtomicFile::remove_leftovers(workspace.config());
}

}  // namespace

AutoRegisterReport carry_out(const Workspace& workspace, Request request,
                             const std::function<void()>& before) {
  remove_leftovers(workspace);
  const CacheLock lock(workspace.cache(), lock_wait(workspace, request.options.observer));
  const auto& cache = lock.cache();
  refuse_if_frozen(cache);
  for (const auto& file :
       {cache, state_path(cache), stamps_path(cache), accounts_path(cache), frozen_marker(cache)})
    AtomicFile::remove_leftovers(file);
  if (before) before();
  return Update(workspace, std::move(request)).publish(lock);
}

AutoRegisterReport auto_register(const Workspace& workspace, const AutoRegisterOptions& options) {
  if (options.mode != WriteMode::Write) return Update(workspace, {options, {}}).report();
  return carry_out(workspace, {options, {}});
}

AutoRegisterReport refresh_cache(const Workspace& workspace, const Observer& observer) {
  Request request;
  request.options.observer = observer;
  request.defines = Defines::OfTheCache;
  return carry_out(workspace, std::move(request));
}

const char* to_string(SymbolChange::Kind kind) {
  switch (kind) {
    case SymbolChange::Kind::Added:
      return "added";
    case SymbolChange::Kind::Removed:
      return "removed";
    case SymbolChange::Kind::Altered:
      return "altered";
  }
  return "unknown";
}

}  // namespace reg
