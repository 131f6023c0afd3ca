#pragma once
// One run that brings a cache up to date: inputs, plan, what was gathered, outcome, published.

#include <cache/cache_lock.h>
#include <manifest/declarations.h>
#include <reg/auto_register.h>
#include <update/outcome.h>
#include <update/request.h>
#include <update/step_log.h>
#include <functional>
#include <optional>
#include <string>

namespace reg {

// The names of a symbol.
struct SymbolName {
  std::string registry, oid, target;
};
// Who publishes it.
enum class Whose : bool { Ours, Anybodys };
// Throws StorageError.
bool has_symbol(const CacheFile& cache, const SymbolName& name, Whose whose = Whose::Anybodys);

// The chain up to its last step. What is not published is a rehearsal: it wrote nothing, and needs
// no lock.
class Update {
 public:
  // Throws InputError, StorageError.
  Update(const Workspace& workspace, Request request);

  const Request& request() const { return request_; }
  // Whether the new cache has this symbol.
  bool has(const SymbolName& name, Whose whose = Whose::Anybodys) const;
  // The type of a field that other origins declare and the workspace does not; nullopt: there is
  // none.
  std::optional<FieldType> type_elsewhere(const std::string& registry,
                                          const std::string& field) const;
  AutoRegisterReport report() const;
  // Writes what the run came to, unless there are errors and no `keep_going`. `before_publish`: see
  // publish.h. The lock has been held since before the run. Throws StorageError (Io).
  AutoRegisterReport publish(const CacheLock& lock,
                             const std::function<void()>& before_publish = {}) const;

 private:
  void follow();
  void tell_plan(const StepLog& log) const;
  std::size_t read_count() const;
  bool is_changed() const;
  std::size_t bare_objects_changed() const;

  Request request_;
  Inputs inputs_;
  Plan plan_;
  Gathered gathered_;
  Outcome outcome_;
};

// Brings the cache up to date under its lock, as `auto_register` does. `before`: what is done once
// the lock is held, before anything is read.
AutoRegisterReport carry_out(const Workspace& workspace, Request request,
                             const std::function<void()>& before = {});

// How the locks of a workspace are waited for: as its registry.toml says, which is read for that
// only where there is a wait, since it counts only once the lock is held.
LockWait lock_wait(const Workspace& workspace, const Observer& observer);

// A symbol of that source that its `when` leaves out.
LeftOut left_out_symbol(const SymbolRecord& record, const std::string& path);

}  // namespace reg
