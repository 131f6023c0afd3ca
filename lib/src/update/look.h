#pragma once
// Compares what a table of stamps says with what there is now.

#include <reg/freshness.h>
#include <update/stamps.h>
#include <string>
#include <vector>

namespace reg {

// What else a look needs to know.
struct LookAround {
  const Workspace& workspace;
  std::int64_t cache_time;  // when the cache was written: nanoseconds
};

// Looks at all sources, and at all names that were looked at when these were found.
Freshness look_at_all(const LookAround& around, const StampTable& table);
// Looks at these sources alone, and at those that concern answers of these registries or of any;
// those that the table does not know are left out.
Freshness look_at_some(const LookAround& around, const StampFile& stamps,
                       std::vector<std::string> paths, std::vector<std::string> registries);

}  // namespace reg
