#pragma once
/// @file open_cache.h
/// A cache that is opened to answer a query, and what is to be said of its freshness.
///
/// Any number of threads and processes may open caches at once.
///
/// ```cpp
/// const auto workspace = reg::Workspace::find();
/// const reg::OpenedCache opened = reg::open_cache(workspace);
/// if (!opened.freshness.changed.empty()) std::cerr << reg::describe(opened.freshness) << '\n';
/// const reg::Selection chosen = opened.cache.select("Kernel", "gemm", {{"sm", 90}});
/// std::cout << chosen.winner()->symbol.target << '\n';
/// ```

#include <reg/cache.h>
#include <reg/freshness.h>
#include <reg/json.h>
#include <optional>
#include <string>
#include <vector>

namespace reg {

/// A cache, and what is to be said of it.
struct OpenedCache {
  Cache cache;
  /// What was found. Where the cache was just brought up to date: nothing changed.
  Freshness freshness = {};
  /// Refresh::Auto: why the cache could not be brought up to date, so that the old one answers;
  /// empty: it could, or did not have to be.
  std::string problem = {};
  /// What might help with it; empty: nothing more than `problem` says.
  std::string hint = {};
  /// Refresh::Warn where there are more than 64 sources and folders: none was looked at, and who
  /// asks the cache may look at what it answers from (`look_at`).
  bool look_afterwards = false;
};

/// Opens a workspace's cache to answer a query, and does about its sources what `refresh` says;
/// where it is not set, what `REG_REFRESH` does, or else `[workspace]`. Under Refresh::Auto the
/// cache is brought up to date first, or made, if anything changed or nothing is known; where that
/// is not possible (it is frozen or cannot be written, the lock is not free in time, there are
/// errors in sources), the old one is opened.
/// @throws StorageError as `Cache::open`; UsageError as `refresh_from_environment`.
OpenedCache open_cache(const Workspace& workspace, std::optional<Refresh> refresh = {},
                       const Observer& observer = {});

/// Looks at `registry.toml`, at these sources, and at those that concern whatever is answered of
/// these registries: that declare named predicates, or one of these registries, or take out, merge
/// or replace what others declare in it. `paths` and `registries` as `Cache::tell_reads` names
/// them. Reads of the table what tells about them, however large it is.
Freshness look_at(const Workspace& workspace, const Cache& cache,
                  const std::vector<std::string>& paths,
                  const std::vector<std::string>& registries = {});

/// The facts (`define`) that a cache was written with. @throws StorageError as all of `Cache`.
Json defines_of(const Cache& cache);

}  // namespace reg
