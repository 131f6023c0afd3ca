#pragma once
/// @file scan.h
/// What code says: what would be registered from files and folders, by the `[[scan]]`s of a
/// workspace, and the presets that a `[[scan]]` can name.
///
/// Nothing is written, and no lock is taken. Any number of threads may call all of it at once.
///
/// ```cpp
/// const std::vector<reg::PresetInfo> presets = reg::scan_presets();
/// assert(presets.front().name == "excore");
/// assert(presets.front().text.find("excore.Registry") != std::string::npos);
/// ```

#include <reg/symbol.h>
#include <reg/workspace.h>
#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace reg {

/// One preset of `[[scan]]`.
struct PresetInfo {
  std::string name;
  std::string summary;    ///< one line
  std::string languages;  ///< `"Python"`, `"C++, XML"`
  std::string text;       ///< the `[[scan]]`s that say the same, as TOML to be copied and changed
};

/// All presets, the most general of a kind first.
[[nodiscard]] std::vector<PresetInfo> scan_presets();

/// Something that looks like a registration and cannot be taken for one.
struct SeenInCode {
  Place place;
  std::string what;  ///< what it is, and why not
};

struct ScanOptions {
  /// Files and folders, relative to the current folder; none: all that the `[[scan]]`s name.
  std::vector<std::filesystem::path> paths;
};

/// A symbol, with what is said of how it is registered.
struct ScannedSymbol : Symbol {
  std::string when = {};      ///< the predicate over build facts; empty: always
  std::string replaces = {};  ///< the target whose place it takes; empty: none
  bool force = false, clear = false;
};

/// What code declares, before the rules of registration have looked at it.
struct ScanReport {
  std::vector<RegistryInfo> registries;  ///< those defined in code or named by a symbol; by name
  std::vector<ScannedSymbol> symbols;    ///< in the order of registration
  std::vector<SeenInCode> seen;          ///< by place
  std::vector<Diagnostic> diagnostics;   ///< errors and warnings, by place
  std::size_t files = 0;                 ///< that there are
  std::size_t read = 0;                  ///< that had to be read
};

/// What would be registered from the code in these places.
/// @throws InputError where `registry.toml` does not tell what to look for; StorageError (kind
/// Workspace) if a path does not exist, (kind Io) if it cannot be looked at.
[[nodiscard]] ScanReport scan(const Workspace& workspace, const ScanOptions& options = {});

}  // namespace reg
