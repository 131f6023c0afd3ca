#pragma once
// What code declares, as a manifest.

#include <reg/scan.h>
#include <string>

namespace reg::app {

// A `*.reg.json` with one registry and one symbol a line.
std::string scan_manifest(const ScanReport& report);

}  // namespace reg::app
