#pragma once
// What packages say of themselves: entry points, and plugin descriptions.

#include <resolve/resolve.h>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace reg {

// A class of a plugin description. Types are without white space and a `::` in front.
struct PluginClass {
  std::size_t file = 0;
  const Scan* scan = nullptr;
  std::string type, base;
  FoundSymbol symbol;  // at its place in the description
};

// In the order of files. One that is described again (an installed copy) is left out; one that is
// described otherwise is reported, too.
std::vector<PluginClass> plugin_classes(const ResolveInput& input, std::vector<Found>& found);

// A C++ type as it is compared.
std::string compared_type(std::string_view written);

// The first of a file's scans that has an idiom of that form; null: none.
const Scan* scan_with(const ResolveInput& input, const CodeFile& file, Idiom::Form form);

}  // namespace reg
