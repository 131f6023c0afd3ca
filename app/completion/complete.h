#pragma once
// What could stand next on an unfinished command line.

#include "offer.h"

#include <string>
#include <vector>

namespace reg::app {

// What could stand for the last of `words` (those after the program's name; the last may be empty):
// commands, options and their values, and, out of the cache, what is registered. Nothing where
// anything is wrong: completion never complains.
Completion complete(const std::vector<std::string>& words);

}  // namespace reg::app
