#pragma once
// The log that `-v` and `-vv` show.

#include "messages.h"

#include <cstdint>
#include <string_view>

namespace reg::app {

enum class LogLevel : std::uint8_t { Info, Debug };

// Sends what is logged at that level or above to stderr from now on: under `MessageFormat::Json`
// what is logged is a JSON text, and stands alone.
void enable_log(LogLevel level, MessageFormat format);
void log(LogLevel level, std::string_view text);

}  // namespace reg::app
