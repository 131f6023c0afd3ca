#pragma once
/// @file auto_register.h
/// Reads the declarations of a workspace's sources and writes its cache.
///
/// Each function here that writes holds the cache's lock (an exclusive `flock`) for the whole call,
/// so any number of processes and threads may call it at once. What goes wrong in sources comes
/// back as `Diagnostic` values; what prevents the work throws.

#include <reg/error.h>
#include <reg/json.h>
#include <reg/symbol.h>
#include <reg/workspace.h>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace reg {

enum class KeepGoing : bool { No, Yes };
enum class WriteMode : std::uint8_t { Write, DryRun };

struct AutoRegisterOptions {
  std::vector<std::filesystem::path>
      targets;                   ///< replace just what came from these files or folders; empty: all
  Json define = Json::object();  ///< facts for `when`, over `[facts]`
  KeepGoing keep_going = KeepGoing::No;
  WriteMode mode = WriteMode::Write;
  unsigned jobs = 0;  ///< threads that read sources; 0: one a core
  /// Called now and then by the calling thread with the sources read so far and in all.
  std::function<void(std::size_t done, std::size_t total)> progress;
};

struct AutoRegisterReport {
  std::vector<Diagnostic> diagnostics;  ///< in the order of the sources
  std::size_t sources = 0;              ///< that the workspace has
  std::size_t read = 0;                 ///< that were read in this run
  std::size_t symbols = 0;              ///< in the new cache
  std::size_t registries = 0;
  std::size_t added = 0;    ///< symbol lines that the old cache does not have
  std::size_t removed = 0;  ///< symbol lines that the new one does not have
  bool changed = false;     ///< the new cache differs from the old one
  bool failed = false;      ///< there were errors; without `keep_going`, nothing was written
};

/// Brings the cache up to date with the sources. Only changed sources are read.
/// @throws StorageError, InputError (`registry.toml` itself cannot be read).
AutoRegisterReport auto_register(const Workspace& workspace,
                                 const AutoRegisterOptions& options = {});

enum class SourceState : std::uint8_t { Fresh, Changed, New, Gone, Failed };
/// `"fresh"`, …
const char* to_string(SourceState state);

struct SourceStatus {
  std::string path;  ///< relative to the workspace
  std::string kind;  ///< the extractor's name
  SourceState state = SourceState::Fresh;
  std::string why;
};

/// The state of every source against the cache; takes no lock and writes nothing.
std::vector<SourceStatus> source_status(const Workspace& workspace);

/// A change of `manual.reg.json` and the cache in one locked step.
struct ManualSymbol {
  Symbol symbol;  ///< `source` is ignored
  std::string replaces;
  bool force = false;
  bool clear = false;
};
AutoRegisterReport register_symbol(const Workspace& workspace, const ManualSymbol& symbol);
AutoRegisterReport unregister_symbol(const Workspace& workspace, const std::string& registry,
                                     const std::string& oid, const std::string& target);
AutoRegisterReport merge_registries(const Workspace& workspace, const std::string& into,
                                    const std::vector<std::string>& from, Force force);

/// Freezes or thaws the cache: while frozen, everything above that writes throws StorageError (kind
/// Locked). Returns whether that changed anything.
bool freeze_cache(const Workspace& workspace);
bool thaw_cache(const Workspace& workspace);
bool cache_frozen(const Workspace& workspace);
/// Removes the cache and what belongs to it, but no source. Returns whether there was one.
bool clear_cache(const Workspace& workspace);

}  // namespace reg
