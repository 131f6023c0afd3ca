#pragma once
// Reading the files of a workspace.

#include <manifest/manifest.h>
#include <reg/workspace.h>
#include <cstdint>
#include <filesystem>
#include <string>

namespace reg {

// What tells that a file is the same as before, without reading it.
struct FileStamp {
  std::uint64_t size = 0;
  std::int64_t modified = 0;  // mtime, nanoseconds
  std::int64_t changed = 0;   // ctime, nanoseconds: unlike mtime, nothing can set it back
  std::uint64_t inode = 0;
  friend bool operator==(const FileStamp&, const FileStamp&) = default;
};

// Throws StorageError (Io) if there is no such regular file.
FileStamp stamp_of(const std::filesystem::path& file);

// Whether there is something under this name. Throws StorageError (Io) if that cannot be found out:
// what cannot be looked at is not missing.
bool is_there(const std::filesystem::path& path);

struct FileContent {
  std::string text;
  FileStamp stamp;  // as it was before the text was read: a later change gives another stamp
};

// Reads a regular file whole; a pipe, device or folder is an error, as is one that cannot be read.
// Throws StorageError (Io). A file that was changed within the file system's clock tick is waited
// for (at most 20 ms), so that no later change can leave the stamp as it is.
FileContent read_file(const std::filesystem::path& file);

// Reads `registry.toml`. Throws StorageError (Io); what is wrong in it is in the declarations'
// diagnostics.
ConfigFile load_config(const Workspace& workspace);
// The same, and throws InputError with all diagnostics if there are errors.
ConfigFile require_config(const Workspace& workspace);

}  // namespace reg
