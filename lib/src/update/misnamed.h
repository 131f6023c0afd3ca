#pragma once
// Files beside the sources that would be manifests under another name.

#include <reg/error.h>
#include <update/inputs.h>
#include <vector>

namespace reg {

// A warning for each; none where there are too many files to look at.
std::vector<Diagnostic> misnamed_manifests(const Inputs& inputs);

}  // namespace reg
