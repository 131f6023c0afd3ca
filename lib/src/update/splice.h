#pragma once
// Brings a cache up to date by exchanging only the lines of the oids that changed.

#include <cache/cache_file.h>
#include <cache/cache_writer.h>
#include <registration/linker.h>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace reg {

// The new lines of one oid of one registry.
struct OidEdit {
  std::string registry, oid;  // escaped
  CacheSection old_lines;
  std::size_t old_count = 0;
  std::vector<std::string> lines;
};

struct Splice {
  std::vector<OidEdit> edits;  // sorted as the cache is; each differs from what stands there
  Catalog catalog;             // with the new counts
  std::size_t added = 0, removed = 0;
};

// The sources whose lines in the old cache are out of date, gone ones included.
struct Replaced {
  std::set<std::string> paths;
  std::set<std::string> registries;  // that those lines are in
};

// What to exchange. `sources`: all of the workspace's, in order, those in `read` with their
// symbols, the others without. The caller has made sure that no source acts on what others declare
// (State::plain). nullopt: it cannot be done this way (too much has changed, other fields or
// predicates, or there are errors to report): link and rebuild instead.
std::optional<Splice> make_splice(const CacheFile& old, const CacheHead& old_head,
                                  std::span<const Source> sources, const std::vector<bool>& read,
                                  const Replaced& replaced);

// Writes and commits the new cache: edits in place, everything else copied in runs
// (`before_publish` as for CacheWriter::commit). Throws StorageError (Io).
void write_splice(const CacheLock& lock, const CacheFile& old, const CacheHead& head,
                  const Splice& splice, const std::function<void()>& before_publish = {});

}  // namespace reg
