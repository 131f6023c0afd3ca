#pragma once
// The dynamic linker, and what it gives.

#include <reg/loader.h>
#include <filesystem>
#include <memory>
#include <string>

namespace reg {

// A library that was loaded, or the running program.
struct OpenLibrary {
  std::shared_ptr<const void> keep;  // lets it go with the last copy; null: it was not loaded
  plugin::Table table{};             // of nulls: it has none
  std::filesystem::path file;        // as the dynamic linker found it
  std::string problem;               // the dynamic linker's words
};

// Loads it, unless it is loaded, with all that it needs. What a bare name stands for is the dynamic
// linker's to say.
OpenLibrary open_library(const std::filesystem::path& file);
OpenLibrary open_program();

}  // namespace reg
