#pragma once
// Reads `[[scan]]` of registry.toml.

#include <manifest/element.h>
#include <manifest/problems.h>
#include <manifest/scan_settings.h>
#include <vector>

namespace reg {

// The elements of the array `scan`; those that something is wrong with are reported, and left out.
std::vector<Scan> read_scans(Problems& problems, const Element& section);

}  // namespace reg
