#pragma once
/// @file store_cache.h
/// From a store to a cache, and back.
///
/// Only `dump` takes a lock, between processes: that of the cache. For threads, `dump` reads the
/// store, and the others change it (see `registry_store.h`).
///
/// ```cpp
/// reg::RegistryStore store, other;
/// store.registry("Model").register_module("nets.ResNet");
/// reg::dump(store, folder / "registry_cache.json");
/// assert(reg::load_registries(other, folder / "registry_cache.json") == reg::Loaded::Yes);
/// assert(other.find("ResNet") == store.find("ResNet"));
/// assert(other.register_locked());
/// ```

#include <reg/registry_store.h>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>

namespace reg {

/// Whether what a cache holds of registries that the store does not have is kept.
enum class DumpMode : bool { Replace, Update };

/// How `dump` writes.
struct DumpOptions {
  DumpMode mode = DumpMode::Replace;  ///< ExCore: `update`
  /// The workspace's name in a cache that is new or replaced.
  std::string workspace = "registry";
  /// How long to wait for the cache's lock.
  std::chrono::milliseconds lock_timeout{5000};
};

/// Whether there was a cache to load.
enum class [[nodiscard]] Loaded : bool{No, Yes};

/// Writes all but the private registries to a cache, in one step under its lock (ExCore: `dump`).
/// With `DumpMode::Update`, registries in it that the store does not have are kept. Factories and
/// hooks stay behind. A workspace's cache is written again from its sources by `auto_register`.
/// @throws InputError if a symbol or a registry is scored by a C++ predicate, or if the cache
/// defines one of the named predicates differently; StorageError (LockTimeout, Locked, Io; Cache,
/// with `DumpMode::Update`). The old cache is then as it was.
void dump(const RegistryStore& store, const std::filesystem::path& cache,
          const DumpOptions& options = {});

/// Takes a cache's registries, its named predicates and its base context; registries of the same
/// names are replaced, others are kept (ExCore: `load`). Also while registration is locked. Symbols
/// of one place in one source are one declaration, whatever registries they are in. Pins come with
/// their registries.
/// @throws StorageError (Cache, Io); InputError if a named predicate is defined differently; what a
/// registry's factory throws. The store is then as it was.
void load(RegistryStore& store, const std::filesystem::path& cache);

/// Loads a cache and locks registration (ExCore: `load_registries`). If there is none, warns and
/// does nothing. @throws as `load`; StorageError (Cache) if nothing is registered at all.
Loaded load_registries(RegistryStore& store, const std::filesystem::path& cache);

}  // namespace reg
