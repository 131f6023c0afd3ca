#pragma once
// What may change whether a library can be loaded.

#include <cache/load_failures.h>
#include <filesystem>
#include <vector>

namespace reg {

// Where the dynamic linker finds a bare name; empty: in no place that it is known to look in.
std::filesystem::path seek_as_linker(const std::string& name);

// The library and all that it depends on, as far as that is known, in every place where the dynamic
// linker looks for it: the folders that libraries name themselves (RUNPATH, RPATH), those of the
// running program and LD_LIBRARY_PATH, the system's, and what `ldconfig` has noted.
std::vector<StampedFile> stamp_dependencies(const std::filesystem::path& library);
// Of a library that is in none of these places; `name` is a bare one, for which the dynamic linker
// has places of its own, or empty.
std::vector<StampedFile> stamp_places(const std::vector<std::filesystem::path>& places,
                                      const std::string& name);

}  // namespace reg
