#pragma once
// What a failed system call is reported as.

#include <reg/error.h>
#include <filesystem>
#include <string>

namespace reg {

// "cannot <doing> <path>: <what errno says>", of kind Io.
StorageError io_error(const std::string& doing, const std::filesystem::path& path, int error);

}  // namespace reg
