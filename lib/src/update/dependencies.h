#pragma once
// What a run follows from.

#include <update/gather.h>
#include <update/inputs.h>
#include <filesystem>
#include <vector>

namespace reg {

// Absolute paths, sorted: the files that were found, whether they declare anything or not, the
// folders that were listed, and what is matched in; for a name under which there was nothing, the
// folder in which it would appear.
std::vector<std::filesystem::path> dependencies(const Inputs& inputs, const GatheredCode& code);

}  // namespace reg
