#pragma once
// The content of a source: what is read of it, what is hashed, and what its declarations follow
// from. All of a manifest or a file of code; of an object file, the section with its declarations.

#include <workspace/files.h>
#include <cstdint>
#include <string_view>

namespace reg {

enum class Reads : std::uint8_t {
  Whole,
  ObjectManifest,  // the section reg_manifest
  ObjectExports,   // the functions that others can call, for a [[match]]
};

// What is read of a source of that path: what has no name that is known is among the sources as an
// executable.
Reads reads_of(std::string_view path);

// Throws StorageError (Io); InputError for an object file that is damaged.
FileContent read_content(const std::filesystem::path& file, Reads reads);
// The same, but waits a moment as `read_settled_file` does.
FileContent read_settled_content(const std::filesystem::path& file, Reads reads);

// Whether the file can be looked at and is an ELF file.
bool is_elf_file(const std::filesystem::path& file);

}  // namespace reg
