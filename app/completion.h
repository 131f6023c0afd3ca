#pragma once
// What could stand next on an unfinished command line.

#include <string>
#include <vector>

namespace reg::app {

// The candidates for the last of `words` (those after the program's name; the last may be empty):
// commands, options, and, out of the cache, registries, oids and fields. Empty where the shell had
// better offer files, and where anything is wrong: completion never complains.
std::vector<std::string> complete(const std::vector<std::string>& words);

}  // namespace reg::app
