#pragma once
/// @file refresh.h
/// What a query does about sources that changed: `refresh` of `[workspace]`.
///
/// ```cpp
/// assert(reg::refresh_named("auto") == reg::Refresh::Auto && !reg::refresh_named("atuo"));
/// ```

#include <cstdint>
#include <optional>
#include <string_view>

namespace reg {

/// What a query does about sources that changed since the cache was written (`refresh` of
/// `[workspace]`; freshness.h).
enum class Refresh : std::uint8_t {
  Warn,  ///< it says so
  Auto,  ///< it brings the cache up to date first
  Off,   ///< it does not look
};
/// `"warn"`, …
const char* to_string(Refresh refresh);
/// The one of that name; nothing if none has it.
std::optional<Refresh> refresh_named(std::string_view name);

}  // namespace reg
