#pragma once
// The cache as an earlier run left it, and what its sidecar knows.

#include <cache/cache_file.h>
#include <update/head.h>
#include <update/stamps.h>
#include <update/state.h>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace reg {

// A cache that holds what was written, verified or known to.
struct OldCache {
  explicit OldCache(const std::filesystem::path& path) : file(path), head(read_head(file)) {}

  CacheFile file;
  CacheHead head;
  std::optional<State> state;  // not set: none is there that is whole and about this very cache
  std::optional<StampTable> stamps;  // likewise
  bool is_noted = false;  // the state has the file's stamp, so that the next run need not verify
};

struct OldCacheText {
  std::unique_ptr<OldCache> cache;  // null: there is none that can be used
  std::string problem;              // why, if one is there: "is broken: …"
};

// Whatever is wrong with the file or its sidecar, this says so and does not throw.
OldCacheText open_old_cache(const std::filesystem::path& path);

}  // namespace reg
