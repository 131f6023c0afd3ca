#pragma once
/// @file freshness.h
/// Whether a cache still says what the sources say.
///
/// Beside a cache stands a table of the stamps (size, times, inode) and the hashes of all that it
/// was written from. To look is a `stat` call for each source and each folder that was walked; a
/// source is read only where its stamp is another and its size the same, a folder listed only where
/// its stamp is another. So to copy, move or touch a source is no change. Without a table of this
/// very cache nothing is known. No lock is needed to look, no file is written, and any number of
/// threads and processes may do it at once.
///
/// ```cpp
/// const auto workspace = reg::Workspace::find();
/// const reg::Freshness found = reg::look(workspace);
/// if (!found.changed.empty()) std::cerr << reg::describe(found) << '\n';
/// assert(found.is_fresh() && !reg::refresh_if_needed(workspace));
/// ```

#include <reg/auto_register.h>
#include <reg/refresh.h>
#include <reg/status.h>
#include <reg/workspace.h>
#include <optional>
#include <string>
#include <vector>

namespace reg {

/// A source that is not as it was when the cache was written: Changed, New, Gone, or Failed where
/// it cannot be looked at.
struct SourceChange {
  std::string path;  ///< relative to the workspace; absolute where `registry.toml` says so
  SourceState state = SourceState::Changed;
  friend bool operator==(const SourceChange&, const SourceChange&) = default;
};

/// What was found out about a cache.
struct Freshness {
  /// Whether anything is known of its sources. If not, all else here is as it is by default.
  bool known = false;
  /// `refresh` of `[workspace]`, as it was when the cache was written.
  Refresh refresh = Refresh::Warn;
  /// Whether there were errors when it was written, and what is wrong was left out (`keep_going`).
  bool had_errors = false;
  std::vector<SourceChange> changed;  ///< in the order of registration
  /// Sources of the known size with other times that are too large to be read by a query (more than
  /// 1 MiB in all) and not newer than the cache: most likely copied or moved.
  std::vector<std::string> unread;

  /// Whether nothing at all speaks for a change.
  bool is_fresh() const { return known && changed.empty() && unread.empty(); }
};

/// Looks at all sources and all folders that were walked. @throws StorageError if there is no cache
/// that can be opened.
Freshness look(const Workspace& workspace);
/// "2 sources changed since the cache was written: a.reg.toml, b.reg.toml (new)"; empty if none.
std::string describe(const Freshness& freshness);

/// What `REG_REFRESH` says; nothing where it is not set, or empty. @throws UsageError for what is
/// no `Refresh`, with the nearest one as a hint.
std::optional<Refresh> refresh_from_environment();

/// Brings the cache up to date as `auto_register` does, with the facts (`define`) that it was
/// written with. @throws as `auto_register`.
AutoRegisterReport refresh_cache(const Workspace& workspace, const Observer& observer = {});
/// The same where it has to be: nothing where the sources are as they were, without errors, when
/// the cache was written. @throws as `auto_register`.
std::optional<AutoRegisterReport> refresh_if_needed(const Workspace& workspace,
                                                    const Observer& observer = {});

}  // namespace reg
