#pragma once
// Locks between processes, and the witnesses that they are held.

#include <workspace/descriptor.h>
#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace reg {

// How long a lock is waited for, and who is told.
struct LockWait {
  // Asked for once, if another process holds the lock.
  std::function<std::chrono::milliseconds()> timeout;
  // Called once, as soon as it is known that there is a wait, with the lock file and what its
  // holder says of itself: "process 123 (reg auto-register)". May be empty.
  std::function<void(const std::filesystem::path& lock, const std::string& holder)> on_wait = {};
};

// A wait of that length at most.
LockWait wait_for(std::chrono::milliseconds timeout);

// An exclusive flock(2) on a file, released by the destructor or the death of the process. The file
// names its holder (process id and command) for the message of whoever waits; it is never removed,
// because another process may hold it open. A file that holds anything else is no lock of ours, and
// is left as it is.
class FileLock {
 public:
  // Throws StorageError: kind LockTimeout after the timeout; kind Io if the file cannot be opened
  // or is not one of ours.
  FileLock(const std::filesystem::path& file, const LockWait& wait);
  // nullopt: another process holds it.
  static std::optional<FileLock> try_lock(const std::filesystem::path& file);
  FileLock(FileLock&& other) noexcept = default;
  FileLock& operator=(FileLock&&) = delete;
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;
  ~FileLock();

 private:
  explicit FileLock(Descriptor file) : file_(std::move(file)) {}
  void take(const std::filesystem::path& file);
  Descriptor file_;
};

// Held by whoever changes what a workspace has besides its cache: manual.reg.json and
// registry.toml. `.reg/workspace.lock`; the folder is made if need be. Who needs the cache's lock
// too takes it after this one.
class WorkspaceLock {
 public:
  // Throws StorageError as FileLock does, or kind Io if the folder cannot be made.
  WorkspaceLock(const std::filesystem::path& root, const LockWait& wait);
  // nullopt: another process holds it, or it cannot be had.
  static std::optional<WorkspaceLock> try_lock(const std::filesystem::path& root) noexcept;

 private:
  explicit WorkspaceLock(FileLock lock) : lock_(std::move(lock)) {}
  FileLock lock_;
};

}  // namespace reg
