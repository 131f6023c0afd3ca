#pragma once
// What a run follows from, as build tools read it.

#include <filesystem>
#include <string>
#include <vector>

namespace reg::app {

// A rule of make: the file, without its ending `.d`, depends on these, of which folders end with a
// slash. Make and Ninja cannot read a name with a line break in it, so such names are left out.
std::string depfile_text(const std::filesystem::path& depfile,
                         const std::vector<std::filesystem::path>& dependencies);

// Throws StorageError (Io).
void write_depfile(const std::filesystem::path& depfile,
                   const std::vector<std::filesystem::path>& dependencies);

}  // namespace reg::app
