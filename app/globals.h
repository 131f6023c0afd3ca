#pragma once
// What every command can be told.

#include "messages.h"
#include "render/style.h"

#include <reg/error.h>
#include <reg/output_template.h>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace reg::app {

// `Target` and `Template` are for rows: `-o target`, `-o format=TEXT`. `Own` is what one command
// alone has.
enum class Format : std::uint8_t { Table, Json, JsonLines, Csv, Tsv, Name, Target, Template, Own };

// Whether tables, CSV and TSV begin with the names of their columns.
enum class Headers : bool { Shown, Hidden };
// What is wanted in place of the command itself.
enum class Wanted : std::uint8_t { Command, Help, Version };

// Whether a query first brings the cache up to date, whatever the workspace's `refresh` says.
enum class FreshFirst : bool { No, Yes };

struct Globals {
  std::vector<std::string> words;  // the whole command line, the program's name first
  std::string workspace;           // empty: look for it
  std::string cache;               // empty: where the workspace keeps it
  Format format = Format::Table;
  std::string own_format;     // the name of Format::Own, as it was given
  bool format_given = false;  // by -o; else a command may have a form of its own
  std::optional<OutputTemplate> output_template;  // for Format::Template
  Verbosity verbosity = Verbosity::Normal;
  ColorMode color = ColorMode::Auto;
  Headers headers = Headers::Shown;
  Wanted wanted = Wanted::Command;
  std::optional<UsageError> wrong;  // the first such thing; what follows is read all the same
  FreshFirst fresh = FreshFirst::No;
};

}  // namespace reg::app
