#pragma once
// How to bring a cache up to date, as it is to be typed by whoever asked.

#include "globals.h"

#include <reg/json.h>
#include <reg/workspace.h>
#include <string>

namespace reg::app {

struct UpdateHint {
  std::string text;
  bool works =
      true;  // false: it cannot be done as things are, and the text says what stands in the way
};

// With the `--workspace` and `--cache` of the command line, and the facts that the cache was
// written with, which a run without them would drop. Where the cache is frozen, or may not be
// written, it says that instead.
UpdateHint update_hint(const Globals& globals, const Workspace& workspace, const Json& define);

// The library's hint, with those options in the command that it names.
std::string hint_as_typed(const Globals& globals, std::string hint);

// ` --define build=release --define level=3`, as one would type them.
std::string define_options(const Json& define);

}  // namespace reg::app
