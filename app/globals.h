#pragma once
// What every command can be told.

#include "messages.h"
#include "render/style.h"

#include <cstdint>
#include <string>

namespace reg::app {

enum class Format : std::uint8_t { Table, Json, JsonLines, Csv, Tsv, Name };

// Whether a query first brings the cache up to date, whatever the workspace's `refresh` says.
enum class FreshFirst : bool { No, Yes };

struct Globals {
  std::string workspace;  // empty: look for it
  std::string cache;      // empty: where the workspace keeps it
  Format format = Format::Table;
  Verbosity verbosity = Verbosity::Normal;
  ColorMode color = ColorMode::Auto;
  FreshFirst fresh = FreshFirst::No;
};

}  // namespace reg::app
