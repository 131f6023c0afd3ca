#pragma once
// The folders that reg keeps its own files in.

#include <filesystem>

namespace reg {

// Makes it if need be. Throws StorageError (Io).
void make_folder(const std::filesystem::path& folder);

// Whether the folder is reg's own, by its name: a workspace's `.reg`, or below REG_CACHE_DIR the
// one that is called after a workspace's hash.
bool is_reg_folder(const std::filesystem::path& folder);

// Gives such a folder its `CACHEDIR.TAG` and its `.gitignore` of `*`, where they are missing. A
// lock in it is held: what a killed process left of them is removed. Throws StorageError (Io).
void tag_reg_folder(const std::filesystem::path& folder);

}  // namespace reg
