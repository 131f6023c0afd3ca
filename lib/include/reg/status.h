#pragma once
/// @file status.h
/// How a workspace's cache and sources are, and the cache as a whole: freezing, clearing.
///
/// What only looks takes no lock and writes nothing; what changes something holds the cache's lock
/// for the whole call. Any number of processes and threads may call all of it at once.

#include <reg/auto_register.h>
#include <reg/symbol.h>
#include <cstdint>
#include <string>
#include <vector>

namespace reg {

enum class CacheState : std::uint8_t {
  Well,
  Missing,
  Broken,  ///< damaged, of another version, or no cache at all
};
/// `"well"`, …
[[nodiscard]] const char* to_string(CacheState state);

enum class SourceState : std::uint8_t { Fresh, Changed, New, Gone, Failed };
/// `"fresh"`, …
[[nodiscard]] const char* to_string(SourceState state);

struct SourceStatus {
  std::string path;  ///< relative to the workspace; absolute where `registry.toml` says so
  std::string kind;  ///< the extractor's name
  SourceState state = SourceState::Fresh;
  std::string why;
};

/// A library that a host could not load, or one of its factories, and that has not changed since,
/// nor what it depends on. It is tried again whenever it is selected (loader.h).
struct FailedLibrary {
  std::string library;   ///< its path; what the target names, where there is no such file
  std::string target;    ///< of the symbol that it was to be loaded for
  std::string declared;  ///< the place of that
  std::string failure;   ///< `"not-loaded"`, … (`PluginFailure`)
  std::string reason;
  std::string noticed;  ///< when, in UTC: `2026-01-31T12:00:00Z`
};

/// A pin, and whether selections heed it.
struct PinStatus {
  std::string registry;
  Pin pin;
  bool registered = true;  ///< false: what is pinned is not there, so that the pin has no effect
};

struct Status {
  CacheState cache = CacheState::Missing;
  std::string why;  ///< what is wrong with the cache
  bool frozen = false;
  std::size_t symbols = 0;
  Json define = Json::object();       ///< the facts that the cache was written with
  std::vector<SourceStatus> sources;  ///< in the order of registration; also those that are gone
  std::vector<LeftOut> left_out;      ///< symbols whose `when` does not hold
  std::size_t code = 0;               ///< files of code that were looked at, and declare nothing
  std::size_t objects = 0;            ///< the same of object files
  std::vector<Diagnostic> seen;       ///< registrations in code that only running it would tell
  std::vector<FailedLibrary> failures = {};  ///< sorted by library
  std::vector<PinStatus> pins = {};          ///< sorted by registry and oid
};

/// The cache, and the state of every source against it. All is fresh and the cache is well exactly
/// if `auto_register` with `WriteMode::Check` finds nothing to do; but what another origin
/// publishes (remote.h) and cannot be used is failed, and is nothing to do.
/// @throws InputError where `registry.toml` does not tell what the sources are; StorageError.
[[nodiscard]] Status status(const Workspace& workspace);

/// Freezes or thaws the cache: while frozen, everything that writes it throws StorageError (kind
/// Locked). Returns whether that changed anything.
bool freeze_cache(const Workspace& workspace, const Observer& observer = {});
bool thaw_cache(const Workspace& workspace, const Observer& observer = {});
[[nodiscard]] bool cache_frozen(const Workspace& workspace);
/// Removes the cache and its state, but no source. Returns whether there was one.
bool clear_cache(const Workspace& workspace, const Observer& observer = {});

}  // namespace reg
