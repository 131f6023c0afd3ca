#pragma once
// Where a cache is, what stands beside it, and the witness that nobody else changes it.

#include <workspace/file_lock.h>
#include <filesystem>
#include <string_view>

namespace reg {

// What the sidecar of any version begins with (update/state.h).
inline constexpr std::string_view state_format_start = "{\"format\":\"reg-state\",\"version\":";

// What the table of stamps of any version begins with (update/stamps.h).
inline constexpr std::string_view stamps_format_start = "reg-stamps";

// What the accounts of code of any version begin with (update/account_store.h).
inline constexpr std::string_view accounts_format_start = "reg-accounts";

// What belongs to a cache stands beside it, under its name with an ending of its own.
std::filesystem::path state_path(const std::filesystem::path& cache);     // .state
std::filesystem::path stamps_path(const std::filesystem::path& cache);    // .stamps
std::filesystem::path accounts_path(const std::filesystem::path& cache);  // .accounts
std::filesystem::path lock_path(const std::filesystem::path& cache);      // .lock
std::filesystem::path frozen_marker(const std::filesystem::path& cache);  // .frozen

// The exclusive lock of a cache. Every function that reads the cache in order to change it takes a
// `const CacheLock&`, so that it cannot be called without. Makes the cache's folder if need be; a
// folder that is reg's own is tagged (reg_folder.h). While it is held, what stands under the
// cache's name is a cache or nothing: whoever has the lock may replace it.
class CacheLock {
 public:
  // Throws StorageError: kind LockTimeout, kind Cache if the file is there and is no cache of reg
  // (nothing is written then), kind Io if the folder cannot be made or the lock not be opened.
  CacheLock(const std::filesystem::path& cache, const LockWait& wait);

  const std::filesystem::path& cache() const { return cache_; }

 private:
  std::filesystem::path cache_;
  FileLock lock_;
};

// Whether a cache is frozen (`reg lock`): a file beside it says so, since the cache itself says
// only what follows from the sources.
bool is_frozen(const std::filesystem::path& cache);
// Throws StorageError (Locked).
void refuse_if_frozen(const std::filesystem::path& cache);

}  // namespace reg
