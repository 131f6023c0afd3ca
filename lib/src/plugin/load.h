#pragma once
// Loads the library of a symbol, and finds its factory.

#include <cache/load_failures.h>
#include <plugin/loader_state.h>
#include <filesystem>
#include <memory>
#include <optional>

namespace reg {

struct LoadedPlugin {
  std::shared_ptr<const void> keep;
  std::filesystem::path file;
  const plugin::Row* row = nullptr;
};
// Throws PluginError; what follows from files is remembered (load_failures.h).
LoadedPlugin load_plugin(const LoaderState& loader, const Symbol& symbol,
                         const plugin::InterfaceInfo& wanted);

// What is remembered of it, by this loader or beside the cache, if it still holds.
std::optional<LoadFailure> known_failure_of(const LoaderState& loader, const Symbol& symbol);
// As an error of that symbol.
PluginError to_error(const LoadFailure& failure, const Symbol& symbol);

}  // namespace reg
