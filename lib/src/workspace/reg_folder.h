#pragma once
// The folder that a cache lies in.

#include <filesystem>

namespace reg {

// Makes the folder if need be; `.reg` also gets its `CACHEDIR.TAG` and its `.gitignore` of `*`,
// where they are missing. Throws StorageError (Io).
void make_reg_folder(const std::filesystem::path& folder);

}  // namespace reg
