#pragma once
/// @file workspace.h
/// A workspace: the folder with a `registry.toml`.

#include <reg/error.h>
#include <reg/json.h>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace reg {

/// Whether to take the place of what is there already.
enum class Force : bool { No, Yes };

struct NewWorkspace;

/// Where a workspace is and where its cache lies. A value; finding one reads no file: one `stat`
/// call for each folder on the way.
///
/// The cache is `.reg/registry_cache.json`; below `REG_CACHE_DIR`, where that is set and not empty,
/// `registry_cache.json` in a folder that is called after a hash of the workspace's real path; or
/// what `with_cache` names.
class Workspace {
 public:
  static constexpr const char* config_name = "registry.toml";
  static constexpr const char* manual_name = "manual.reg.json";
  static constexpr const char* folder_name = ".reg";
  static constexpr const char* cache_name = "registry_cache.json";

  /// The workspace in `start` (default: `REG_WORKSPACE`, else the current folder) or the nearest
  /// folder above. A folder given by `REG_WORKSPACE` must itself have a `registry.toml`.
  /// @throws StorageError (kind Workspace) if there is none, (kind Io) if a folder on the way
  /// cannot be looked at.
  [[nodiscard]] static Workspace find(const std::filesystem::path& start = {});
  /// The workspace in exactly that folder. @throws StorageError (kind Workspace) if it has no
  /// `registry.toml`, (kind Io) if that cannot be found out.
  [[nodiscard]] static Workspace at(const std::filesystem::path& folder);
  /// The same workspace with its cache in that file, and what belongs to it beside it (the
  /// command line's `--cache`). A relative path counts from the current folder.
  /// @throws UsageError if the path does not name a file.
  [[nodiscard]] Workspace with_cache(const std::filesystem::path& file) const;

  [[nodiscard]] const std::filesystem::path& root() const { return root_; }
  [[nodiscard]] std::filesystem::path config() const { return root_ / config_name; }
  [[nodiscard]] std::filesystem::path manual() const { return root_ / manual_name; }
  /// Where the cache is, or will be.
  [[nodiscard]] const std::filesystem::path& cache() const { return cache_; }

 private:
  friend NewWorkspace init_workspace(const std::filesystem::path& folder, const std::string& name,
                                     Force force);
  explicit Workspace(std::filesystem::path root);
  std::filesystem::path root_;
  std::filesystem::path cache_;
};

/// Code that a folder was found to have when it was made a workspace.
struct DetectedCode {
  std::string what;  ///< a preset of `[[scan]]`, or a class of the folder's own: `"pkg.Registry"`
  std::size_t files = 0;  ///< that spoke for it
};

/// What `init_workspace` made.
struct NewWorkspace {
  Workspace workspace;
  std::vector<DetectedCode> code;  ///< that `registry.toml` has `[[scan]]`s for now
};

/// Writes a commented `registry.toml`, and `.reg/` with its `CACHEDIR.TAG` and `.gitignore`. Looks
/// at the code that is in the folder (up to 20,000 files and 64 MiB), and writes the `[[scan]]`s
/// that fit, to be checked by whoever reads the file.
/// @throws StorageError (kind Workspace) if there is a `registry.toml` already and `force` is
/// `Force::No`; (kind LockTimeout) if another process holds the lock of its cache for five seconds;
/// (kind Io) if something cannot be written.
NewWorkspace init_workspace(const std::filesystem::path& folder, const std::string& name,
                            Force force);

}  // namespace reg
