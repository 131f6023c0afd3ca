#pragma once
// How the lines of one oid differ from those of another cache.

#include <cache/cache_file.h>
#include <difference/oid_cursor.h>
#include <reg/difference.h>

namespace reg {

// Whether what an oid selects can depend on what differs.
struct LinesChange {
  bool is_concerned = false;
  bool reordered = false;
};

// Adds to `found.symbols` and `found.moved` what differs in the lines of an oid that both have.
LinesChange add_differences(const CacheFile& before_file, const OidLines& before,
                            const CacheFile& after_file, const OidLines& after,
                            CacheDifference& found);
// The same of an oid that one of them does not have.
void add_all(const CacheFile& file, const OidLines& lines, ChangeKind kind, CacheDifference& found);

}  // namespace reg
