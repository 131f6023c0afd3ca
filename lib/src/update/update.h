#pragma once
// One run that brings a cache up to date.

#include <cache/file_lock.h>
#include <reg/auto_register.h>
#include <update/plan.h>
#include <workspace/files.h>
#include <chrono>
#include <map>
#include <optional>
#include <string>

namespace reg {

// A workspace whose settings have been read, and which may be changed: its cache's lock is held.
class LockedWorkspace {
 public:
  // Reads registry.toml, makes the cache's folder, takes the lock. Throws InputError, StorageError
  // (LockTimeout, Io).
  explicit LockedWorkspace(const Workspace& workspace);

  const Workspace& workspace() const { return workspace_; }
  const ConfigFile& config() const { return config_; }
  const CacheLock& lock() const { return lock_; }

 private:
  const Workspace& workspace_;
  ConfigFile config_;
  CacheLock lock_;
};

std::filesystem::path cache_path(const Workspace& workspace, const Settings& settings);
std::chrono::milliseconds lock_timeout(const Settings& settings);

// A source's content that is to be taken instead of what the file holds: a manifest that is about
// to be written.
struct PendingSource {
  std::string path;
  std::string content;
};

// As auto_register, with the lock held. `pending` is read instead of its file, and `before_publish`
// is called when the new cache is on the disk and only has to take its name.
AutoRegisterReport update(const LockedWorkspace& locked, const AutoRegisterOptions& options,
                          const PendingSource* pending = nullptr,
                          const std::function<void()>& before_publish = {});

// What `update` would do: writes nothing and takes no lock.
AutoRegisterReport rehearse(const Workspace& workspace, const AutoRegisterOptions& options);

}  // namespace reg
