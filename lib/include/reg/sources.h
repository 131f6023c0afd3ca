#pragma once
/// @file sources.h
/// Registration from files, and again when they change.
///
/// Sources are regular files, or folders with all that is below them; hidden files are left out.
/// The store remembers those that it was given last. Threads: as for other functions that change a
/// store; `is_reload_needed` only reads it.
///
/// ```cpp
/// reg::RegistryStore store;
/// const reg::SourceLoader load = [](reg::RegistryStore& into, const fs::path& source) {
///   into.registry("views").register_module("views." + source.stem().string());
/// };
/// reg::register_sources(store, {folder}, load);
/// assert(!reg::is_reload_needed(store, {folder}));
/// std::ofstream(folder / "news.py") << "…";
/// assert(reg::reload_if_needed(store, {folder}, load));
/// assert(store.find("news").size() == 1);
/// ```

#include <reg/registry_store.h>
#include <filesystem>
#include <functional>
#include <vector>

namespace reg {

/// Registers what a source declares: anything that the store allows, removing too (logilab:
/// `load_file`, `registration_callback`).
using SourceLoader = std::function<void(RegistryStore& store, const std::filesystem::path& source)>;

/// Clears the store, calls `load` for every file in path order, and ends registration (logilab:
/// `register_modnames`). Each file's stamp is taken before it is loaded, so that one which cannot
/// be loaded is not tried again until it changes. @throws what `load` throws, those before it
/// staying registered; StorageError (Io).
void register_sources(RegistryStore& store, const std::vector<std::filesystem::path>& paths,
                      const SourceLoader& load);
/// Whether the files below `paths` are others than `register_sources` was given last, or have
/// changed since (logilab: `is_reload_needed`). @throws StorageError (Io).
[[nodiscard]] bool is_reload_needed(const RegistryStore& store,
                                    const std::vector<std::filesystem::path>& paths);
/// Registers the sources again if that is needed; returns whether it was. @throws as both.
bool reload_if_needed(RegistryStore& store, const std::vector<std::filesystem::path>& paths,
                      const SourceLoader& load);

}  // namespace reg
