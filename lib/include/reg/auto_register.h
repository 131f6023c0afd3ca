#pragma once
/// @file auto_register.h
/// Reads the declarations of a workspace's sources and writes its cache.
///
/// Who writes holds the cache's lock (an exclusive `flock`) for the whole call, so any number of
/// processes and threads may call it at once. What goes wrong in sources comes back as `Diagnostic`
/// values; what prevents the work throws.
///
/// ```cpp
/// const auto workspace = reg::Workspace::find();
/// const reg::AutoRegisterReport report = reg::auto_register(workspace);
/// for (const reg::Diagnostic& problem : report.diagnostics) std::cerr << problem.message << '\n';
/// if (!report.failed) std::cout << report.symbols << " symbols\n";
/// ```

#include <reg/error.h>
#include <reg/json.h>
#include <reg/workspace.h>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace reg {

enum class KeepGoing : bool { No, Yes };
enum class WriteMode : std::uint8_t {
  Write,
  DryRun,  ///< write nothing; report what would be
  Check,   ///< as DryRun; without a `define`, with the facts that the cache was written with
};
/// What of the old cache may be used.
enum class Reuse : std::uint8_t {
  Unchanged,  ///< what came from sources that did not change
  Nothing,    ///< every source is read anew, and the old cache is not looked at
};

/// Whether a report lists symbols, or only counts them.
enum class Detail : bool { Counts, Symbols };

/// What a run is busy with.
enum class Phase : std::uint8_t { Reading, Linking, Writing };

/// Who is told while a call works. All are called by the calling thread; any may be empty.
struct Observer {
  /// Now and then: how many sources have been read, or symbols been written, of how many (0: that
  /// is not known).
  std::function<void(Phase phase, std::size_t done, std::size_t total)> progress;
  /// Once for each lock that has to be waited for, when the wait begins; `holder` is what the lock
  /// file says of who has it: "process 123 (reg auto-register)".
  std::function<void(const std::filesystem::path& lock, const std::string& holder)> waiting;
  /// What is done, why, and how long it took; a line at a time, for whoever wants to know.
  std::function<void(const std::string& text)> log;
  /// What else there is to tell: each source that is looked at, and how much was read.
  std::function<void(const std::string& text)> detail;
};

struct AutoRegisterOptions {
  std::vector<std::filesystem::path>
      targets;                 ///< replace just what came from these files or folders; empty: all
  std::optional<Json> define;  ///< facts for `when`, over `[facts]`; not set: none (but see Check)
  KeepGoing keep_going = KeepGoing::No;
  WriteMode mode = WriteMode::Write;
  Reuse reuse = Reuse::Unchanged;
  Detail detail = Detail::Counts;
  unsigned jobs = 0;               ///< threads that read sources; 0: one a core
  bool list_dependencies = false;  ///< in the report
  Observer observer;
};

/// A symbol that a run adds to the cache, takes out of it, or gives another content.
struct SymbolChange {
  enum class Kind : std::uint8_t { Added, Removed, Altered };
  Kind kind = Kind::Added;
  std::string registry, oid, target;
  friend bool operator==(const SymbolChange&, const SymbolChange&) = default;
};
/// `"added"`, …
[[nodiscard]] const char* to_string(SymbolChange::Kind kind);

/// A symbol that is declared and not registered, because its `when` does not hold.
struct LeftOut {
  std::string registry, oid, target;
  Place place;
  std::string when;
  friend bool operator==(const LeftOut&, const LeftOut&) = default;
};

/// How many symbols, by registry, oid and target, are new, gone, or have another content (their
/// place does not count); and how many pins are new, gone or others.
struct Difference {
  std::size_t added = 0, removed = 0, altered = 0;
  std::size_t pins = 0;
  friend bool operator==(const Difference&, const Difference&) = default;
};

struct [[nodiscard]] AutoRegisterReport {
  std::vector<Diagnostic> diagnostics;  ///< in the order of the sources
  std::size_t sources = 0;              ///< that the workspace has, besides code and
                                        ///< object files that declare nothing
  std::size_t objects = 0;              ///< object files that declare nothing
  std::size_t code = 0;                 ///< files of code that its `[[scan]]`s name
  std::size_t read = 0;                 ///< of all, that were read in this run, and not known
  std::size_t symbols = 0;              ///< in the new cache
  std::size_t registries = 0;
  /// Against the old cache; not set: there was none to compare with, or it was damaged, or not
  /// looked at.
  std::optional<Difference> difference;
  std::string old_problem;   ///< what is wrong with the cache that was there; empty: nothing
  std::size_t left_out = 0;  ///< symbols whose `when` does not hold
  std::size_t seen = 0;      ///< registrations in code that cannot be told without running it
  std::vector<SymbolChange> changes;      ///< Detail::Symbols: what `difference` counts
  std::vector<LeftOut> left_out_symbols;  ///< Detail::Symbols: what `left_out` counts
  std::vector<Diagnostic> seen_in_code;   ///< Detail::Symbols: what `seen` counts, and why
  /// If asked for: absolute paths of the files and folders that the run follows from. Where none of
  /// them has changed, nor come or gone, there is nothing to do.
  std::vector<std::filesystem::path> dependencies;
  bool changed = false;  ///< the cache is another one than before; not up to date, for a rehearsal
  bool failed = false;   ///< there were errors; without `keep_going`, nothing was written
};

/// Brings the cache up to date with the sources. Only changed sources are read.
/// @throws InputError where `registry.toml` does not tell what the sources are, or a target is
/// none; StorageError.
AutoRegisterReport auto_register(const Workspace& workspace,
                                 const AutoRegisterOptions& options = {});

}  // namespace reg
