#pragma once
// How much a fleet may have: what is beyond is not published, and not taken.

#include <cstddef>

namespace reg::fleet {

// Of one origin's text: to read one takes sixty times its size at worst.
constexpr std::size_t most_generation_bytes = std::size_t{64} << 20;
constexpr std::size_t most_origins = 10'000;
// Of one transaction: etcd takes 128 of each kind by default.
constexpr std::size_t most_operations = 120;

}  // namespace reg::fleet
