#pragma once
/// @file workspace.h
/// A workspace: the folder with a `registry.toml`.

#include <reg/error.h>
#include <reg/json.h>
#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace reg {

/// Whether to take the place of what is there already.
enum class Force : bool { No, Yes };

/// Where a workspace is and where its cache lies. Finding one reads no file: two `stat` calls.
class Workspace {
 public:
  static constexpr const char* config_name = "registry.toml";
  static constexpr const char* manual_name = "manual.reg.json";
  static constexpr const char* default_cache = ".reg/registry_cache.json";

  /// The workspace in `start` (default: `REG_WORKSPACE`, else the current folder) or the nearest
  /// folder above. A folder given by `REG_WORKSPACE` must itself have a `registry.toml`.
  /// @throws StorageError (kind Workspace) if there is none, (kind Io) if a folder on the way
  /// cannot be looked at.
  static Workspace find(const std::filesystem::path& start = {});
  /// The workspace in exactly that folder. @throws StorageError (kind Workspace) if it has no
  /// `registry.toml`, (kind Io) if that cannot be found out.
  static Workspace at(const std::filesystem::path& folder);

  const std::filesystem::path& root() const { return root_; }
  std::filesystem::path config() const { return root_ / config_name; }
  std::filesystem::path manual() const { return root_ / manual_name; }
  /// The cache: `.reg/registry_cache.json` where that exists, else what `registry.toml` says.
  /// @throws InputError if `registry.toml` has to be read and cannot be.
  std::filesystem::path cache() const;
  /// Whether `registry.toml` is newer than the cache: two `stat` calls.
  bool config_newer_than(const std::filesystem::path& cache_file) const;

 private:
  friend Workspace init_workspace(const std::filesystem::path& folder, const std::string& name,
                                  Force force);
  explicit Workspace(std::filesystem::path root) : root_(std::move(root)) {}
  std::filesystem::path root_;
};

/// Writes a commented `registry.toml`, and `.reg/` with its `CACHEDIR.TAG` and `.gitignore`.
/// @throws StorageError (kind Workspace) if there is a `registry.toml` already and `force` is
/// `Force::No`; (kind LockTimeout) if another process holds the lock of its cache for five seconds;
/// (kind Io) if something cannot be written.
Workspace init_workspace(const std::filesystem::path& folder, const std::string& name, Force force);

}  // namespace reg
