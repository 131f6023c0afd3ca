#pragma once
// Which file a target names.

#include <plugin/loader_state.h>
#include <reg/symbol.h>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace reg {

// `FILE:NAME`, taken apart.
struct PluginTarget {
  std::string_view file, name;
};
// nullopt: it is no such target, but that of a class or module.
std::optional<PluginTarget> split_target(std::string_view target);

struct FoundLibrary {
  std::filesystem::path file;                 // empty: it is in none of the places
  std::vector<std::filesystem::path> places;  // where it is looked for, in this order
  // It has a bare name, for which the dynamic linker has places of its own.
  bool ask_linker = false;
  bool misses_root = false;  // some places are relative to a workspace that is not known
};
// What another origin publishes is looked for by its bare name in the workspace's `library_path`,
// and nowhere else.
FoundLibrary find_library(const LoaderState& loader, const Symbol& symbol, std::string_view file);

// Why this is not to be loaded at all, since another origin publishes it; empty: it may be.
std::string refusal_of_origin(const LoaderState& loader, const Symbol& symbol,
                              std::string_view file);

// Whether it is the file of the program that this is linked into, whatever its name.
bool is_running_program(const std::filesystem::path& file);

}  // namespace reg
