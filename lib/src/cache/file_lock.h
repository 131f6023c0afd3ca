#pragma once
// The cross-process lock of a cache, and the witness that it is held.

#include <chrono>
#include <filesystem>

namespace reg {

// An exclusive flock(2) on `<cache>.lock`, released by the destructor or the death of the process.
// Every function that reads the cache in order to change it takes a `const CacheLock&`, so that it
// cannot be called without. The file names its holder (process id and command) for the message of
// whoever waits too long; it is never removed, because another process may hold it open.
// Makes the cache's folder if need be, and tags a `.reg` (see reg_folder.h).
class CacheLock {
 public:
  // Throws StorageError: kind LockTimeout after `timeout`, kind Io if the folder cannot be made or
  // the file cannot be opened.
  CacheLock(const std::filesystem::path& cache, std::chrono::milliseconds timeout);
  ~CacheLock();
  CacheLock(const CacheLock&) = delete;
  CacheLock& operator=(const CacheLock&) = delete;

  const std::filesystem::path& cache() const { return cache_; }

 private:
  std::filesystem::path cache_;
  int fd_ = -1;
};

}  // namespace reg
