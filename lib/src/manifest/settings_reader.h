#pragma once
// Reads what only registry.toml may have: [workspace], [facts], [context].

#include <manifest/element.h>
#include <manifest/manifest.h>
#include <manifest/problems.h>
#include <string>
#include <string_view>
#include <vector>

namespace reg {

// An array of paths or globs; those that are malformed are reported.
std::vector<SourceEntry> read_paths(Problems& problems, const Element& array);
// Why a text cannot be a path; empty if it can.
std::string path_problem(std::string_view path);

SettingsState read_workspace(Problems& problems, const Element& table, Settings& out);

}  // namespace reg
