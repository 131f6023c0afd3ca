#pragma once
// What an object file says to the dynamic linker, read without loading it.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace reg {

struct DynamicSection {
  std::vector<std::string> needed;  // names of libraries
  std::string runpath, rpath;       // folders, as they stand in the file
  // How many bytes of what is to be mapped are not in the file. The dynamic linker maps them all
  // the same, and whoever touches them is killed.
  std::uint64_t missing = 0;
};

// nullopt: it cannot be read, or is no ELF file.
std::optional<DynamicSection> read_dynamic_section(const std::filesystem::path& file);

}  // namespace reg
