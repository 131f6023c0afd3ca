#pragma once
// Reads what only registry.toml may have: [workspace], [facts], [context].

#include <manifest/element.h>
#include <manifest/manifest.h>
#include <manifest/problems.h>

namespace reg {

SettingsState read_workspace(Problems& problems, const Element& table, Settings& out);

}  // namespace reg
