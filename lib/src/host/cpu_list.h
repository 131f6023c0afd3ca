#pragma once
// The kernel's lists of CPUs: `0-3,8,10-11`.

#include <optional>
#include <string_view>
#include <vector>

namespace reg::host {

// Whether each CPU is in the list, by number. Nothing where the text is no list, or names a CPU
// that no machine has.
std::optional<std::vector<bool>> cpu_list(std::string_view text);

}  // namespace reg::host
