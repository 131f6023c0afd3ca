#pragma once
// The new content of a cache as the old one with the lines of some oids exchanged.

#include <cache/cache_writer.h>
#include <registration/linker.h>
#include <update/gather.h>
#include <update/state.h>
#include <deque>
#include <functional>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace reg {

// The lines of one oid of one registry.
struct OidEdit {
  std::string registry, oid;  // escaped
  CacheSection place;         // of the old lines, or where they would stand
  std::vector<std::string> before, after;
};

// The line of one oid among the cache's oids.
struct OidLineEdit {
  CacheSection place;
  std::string line;  // empty: there is none any more
};

struct Splice {
  std::vector<OidEdit> edits;  // sorted as the cache is; each differs from what stands there
  std::vector<OidLineEdit> oid_edits;
  Catalog catalog;              // with the new counts
  std::uint64_t kept_hash = 0;  // what the lines that stay add to the cache's sum
  // Of each source that was read: what `when` leaves out, and what is said of it.
  std::vector<std::vector<SymbolRecord>> left_out;
  std::vector<std::vector<SymbolRecord>> dropped;  // likewise, of what others publish
  std::vector<Finding> findings;
  std::deque<std::string> made;  // lines in which versions became texts
};

// What was declared when the sidecar was written, and what was said of that.
struct EarlierDeclarations {
  Catalogs catalogs;
  std::vector<Finding> findings;
};
EarlierDeclarations earlier_declarations(const State& state);

// It cannot be done this way, because a source acts on what others declare where something changed,
// too much has changed, or something is to be said of a source that was not read: everything is to
// be linked anew.
struct NotSpliced {
  const char* why;
};

// What to exchange.
std::variant<Splice, NotSpliced> make_splice(const OldCache& old, const Gathered& gathered,
                                             std::span<const Source> sources, const Json& facts);

// Writes and commits the new cache: edits in place, everything else copied in runs
// (`before_publish` as for CacheWriter::commit). Throws StorageError (Io).
void write_splice(const CacheLock& lock, const CacheFile& old, const CacheHead& head,
                  const Splice& splice, const std::function<void()>& before_publish = {});

}  // namespace reg
