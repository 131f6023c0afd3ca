#include <reg/auto_register.h>
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

AutoRegisterReport auto_register(const Workspace& workspace, const AutoRegisterOptions& options) {
  if (options.mode != WriteMode::Write) return Update(workspace, {options, {}}).report();
  remove_leftovers(workspace);
  const CacheLock lock(workspace.cache(), lock_wait(workspace, options.observer));
  refuse_if_frozen(lock.cache());
  for (const auto& file : {lock.cache(), state_path(lock.cache()), frozen_marker(lock.cache())})
    AtomicFile::remove_leftovers(file);
  return Update(workspace, {options, {}}).publish(lock);
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
