#pragma once
// Where the parts that findings are about stand in their sources.

#include <lint/declared.h>
#include <lint/found.h>
#include <filesystem>

namespace reg::linting {

// Moves the findings that are about a part of a declaration there. Of a source that is not as it
// was read, or cannot be read, they stay at the declaration.
void place(AllFound& found, const Declared& declared, const std::filesystem::path& root);

}  // namespace reg::linting
