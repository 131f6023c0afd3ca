#pragma once
// The folder that a cache lies in.

#include <filesystem>

namespace reg {

// Makes it if need be. Throws StorageError (Io).
void make_folder(const std::filesystem::path& folder);

// Gives a folder of the name `.reg` its `CACHEDIR.TAG` and its `.gitignore` of `*`, where they are
// missing. The cache's lock is held: what a killed process left of them is removed. Throws
// StorageError (Io).
void tag_reg_folder(const std::filesystem::path& folder);

}  // namespace reg
