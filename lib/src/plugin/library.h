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
  plugin::Table table{};             // of nulls: it is empty, or there is none
  bool has_table = false;            // it exports one
  std::filesystem::path file;        // as the dynamic linker found it
  std::string problem;               // the dynamic linker's words
  // It was refused for want of memory or descriptors, which a file's stamp does not tell.
  bool is_passing = false;
};

// Loads it, unless it is loaded, with all that it needs. `name`: a path, or a bare one, and then
// what it stands for is the dynamic linker's to say; `file`: what it is thought to stand for.
OpenLibrary open_library(const std::filesystem::path& name, const std::filesystem::path& file,
                         Unload unload);
OpenLibrary open_program();

// Whether what is loaded under that file's name is not that file, which was replaced meanwhile.
bool is_outdated(const OpenLibrary& library);

}  // namespace reg
