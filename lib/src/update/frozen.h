#pragma once
// Whether a cache is frozen (`reg lock`): a file beside it says so, since the cache itself says
// only what follows from the sources.

#include <filesystem>

namespace reg {

std::filesystem::path frozen_marker(const std::filesystem::path& cache);
bool is_frozen(const std::filesystem::path& cache);
// Throws StorageError (Locked).
void refuse_if_frozen(const std::filesystem::path& cache);

}  // namespace reg
