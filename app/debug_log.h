#pragma once
// The log that `-v` shows; the library writes to the same one.

#include <string_view>

namespace reg::app {

// Sends debug messages to stderr from now on.
void enable_debug_log();
void debug_log(std::string_view text);

}  // namespace reg::app
