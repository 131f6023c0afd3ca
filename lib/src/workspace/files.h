#pragma once
// Reading files, and telling whether they are the same as before.

#include <sys/stat.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

namespace reg {

// What tells that a file is the same as before, without reading it. A stamp without times tells
// nothing.
struct FileStamp {
  std::uint64_t size = 0;
  std::int64_t modified = 0;  // mtime, nanoseconds
  std::int64_t changed = 0;   // ctime, nanoseconds: unlike mtime, nothing can set it back
  std::uint64_t inode = 0;
  friend bool operator==(const FileStamp&, const FileStamp&) = default;
};

// Throws StorageError (Io) if there is no such file.
FileStamp stamp_of(const std::filesystem::path& file);
// Of an open file; `file` is its name for the error.
FileStamp stamp_of(int descriptor, const std::filesystem::path& file);
FileStamp to_stamp(const struct stat& status);

// Whether there is something under this name. Throws StorageError (Io) if that cannot be found out:
// what cannot be looked at is not missing.
bool is_there(const std::filesystem::path& path);

// Whether the stamp that was noted tells that the file is the same now.
inline bool is_unchanged(const FileStamp& noted, const FileStamp& now) {
  return noted.changed != 0 && noted == now;
}

// The stamp as it may be noted. A file that was changed within the file system's clock tick can be
// changed again without its times telling, so that they are left out.
FileStamp noted(FileStamp stamp);

struct FileContent {
  std::string text;
  FileStamp stamp;  // noted before the text was read: a later change gives another stamp
};

// The largest file that is read whole.
inline constexpr std::uint64_t max_file = std::uint64_t{1} << 30;

// Reads a regular file whole; a pipe, device or folder is an error, as is one that cannot be read
// or is larger than `max_file`. Throws StorageError (Io).
FileContent read_file(const std::filesystem::path& file);
// The same, of a part of it: what `read` makes of the open file.
FileContent read_part(const std::filesystem::path& file,
                      const std::function<std::string(int descriptor)>& read);
// As `read_file`, but waits a moment where a larger one was changed just now, so that its times can
// be noted: a query would not read it to find out that it is as it was.
FileContent read_settled_file(const std::filesystem::path& file);

}  // namespace reg
