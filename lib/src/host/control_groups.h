#pragma once
// What the control groups (version 2) that this process is in let it have.

#include <host/system_files.h>
#include <cstddef>
#include <optional>

namespace reg::host {

struct GroupLimits {
  std::optional<std::size_t> cpus;          // the time of so many, rounded up
  std::optional<std::size_t> memory_bytes;  // not set: no limit
};

// The least of all groups from its own up to the topmost that is seen.
GroupLimits group_limits(const SystemFiles& files);

}  // namespace reg::host
