#pragma once
// The content of a source: what is read of it, what is hashed, and what its declarations follow
// from. All of a manifest or a file of code; of an object file, the section with its declarations.

#include <reg/error.h>
#include <workspace/files.h>
#include <cstdint>
#include <string_view>
#include <system_error>

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

// What stands for the hash of exported functions where they cannot be read.
std::uint64_t hash_of_problem(const RegistryError& error);

// What a file of any name is, as far as it may be an executable.
struct ProgramLook {
  enum class Kind : std::uint8_t {
    Program,  // it begins as one, or is cut off before that can be told: of no bytes, if it may be
              // executed
    Other,
    Unreadable,
  };
  Kind kind = Kind::Other;
  std::error_code why = {};  // it cannot be read
};
ProgramLook look_for_program(const std::filesystem::path& file);

}  // namespace reg
