#pragma once
// Names that are most likely meant to be the same.

#include <string_view>

namespace reg::linting {

// They differ by one letter, by two that changed places, or in case. What is as near by intention
// is not: names below four letters, other digits (l2, l3), another first letter of a word (has_cpu,
// has_gpu).
bool is_slip(std::string_view a, std::string_view b);

// The same of facts' paths: one name of them differs so, and the others are the same.
bool is_slip_of_path(std::string_view a, std::string_view b);

}  // namespace reg::linting
