#include <cache/integrity.h>
#include <update/old_cache.h>

namespace reg {
namespace fs = std::filesystem;
namespace {

// A writer that replaces both files while they are opened here makes them look as if they did not
// belong together: then they are opened again.
constexpr int most_attempts = 5;

bool was_replaced(const OldCache& cache) {
  return stamp_of(cache.file.path()).inode !=
         stamp_of(cache.file.descriptor(), cache.file.path()).inode;
}

std::unique_ptr<OldCache> open_both(const fs::path& path) {
  for (int attempt = 1;; ++attempt) {
    auto cache = std::make_unique<OldCache>(path);
    cache->state = read_state(path);
    if (cache->state && cache->state->cache == cache->file.header().sum) return cache;
    cache->state.reset();
    if (attempt == most_attempts || !was_replaced(*cache)) return cache;
  }
}

bool has_noted_stamp(const OldCache& cache) {
  return cache.state && is_unchanged(cache.state->cache_stamp,
                                     stamp_of(cache.file.descriptor(), cache.file.path()));
}

}  // namespace

OldCacheText open_old_cache(const fs::path& path) {
  try {
    auto cache = open_both(path);
    cache->is_noted = has_noted_stamp(*cache);
    if (const auto stamps = StampFile::open(path, cache->file.header().sum))
      cache->stamps = stamps->whole();
    if (cache->is_noted || is_intact(cache->file)) return {std::move(cache), {}};
    return {nullptr,
            "the cache " + path.string() + " is broken: its content is not what was written"};
  } catch (const MissingCache&) {
    return {};
  } catch (const StorageError& error) {
    return {nullptr, error.what()};
  }
}

}  // namespace reg
