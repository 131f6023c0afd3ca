#pragma once
// How often this program has allocated, for tests of what should not.

#include <cstddef>

namespace reg::test {

// Always 0 under sanitizers, which bring their own `operator new`.
std::size_t allocations();

}  // namespace reg::test
