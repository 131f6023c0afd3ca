#pragma once
// What is remembered of libraries that could not be loaded: small files in a folder beside the
// cache, `<cache>.failures`, one for each library.
//
// Nobody needs them, so that everything here is done as well as it can be: where the folder cannot
// be written, nothing is remembered, and what is not as it was written is as good as missing. No
// lock is needed: a record appears whole, under its own name, or not at all.

#include <workspace/files.h>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace reg {

// A file that matters to a failure, as it was then; a stamp of size and inode 0: it was not there.
struct StampedFile {
  std::string path;
  FileStamp stamp;
  friend bool operator==(const StampedFile&, const StampedFile&) = default;
};
// As it is now; without times where it may still be changed unseen.
StampedFile stamped(const std::filesystem::path& file);

struct LoadFailure {
  std::string key;      // what it is kept under: one record for each
  std::string library;  // its path; what its target names, where there is no such file
  std::string registry, oid, target;  // of the symbol that it was to be loaded for
  std::string declared;               // where that is: a path, line and column
  std::string failure;                // which kind
  std::string reason;
  std::string noticed;             // the time, in UTC, as in `2026-01-31T12:00:00Z`
  std::string program;             // whose failure it is: it may export what the library needs
  std::string search_path;         // LD_LIBRARY_PATH, which tells where libraries are looked for
  std::vector<StampedFile> files;  // while all of them are as they were, so is the failure
  friend bool operator==(const LoadFailure&, const LoadFailure&) = default;

  bool still_holds() const;
  // Whether it is of this program, too, with the same search path, and still holds.
  bool holds_here() const;
};

std::string search_path_now();
// The file of the running program; empty: not known.
std::string program_now();
std::filesystem::path failures_folder(const std::filesystem::path& cache);

// Keeps it, in the place of an older one; not if it might hold longer than is true: what is
// relative to the current folder is another file tomorrow.
void remember_failure(const std::filesystem::path& cache, const LoadFailure& failure) noexcept;
void forget_failures(const std::filesystem::path& cache,
                     const std::vector<std::string>& keys) noexcept;
// The one of that key, if it holds for this process.
std::optional<LoadFailure> known_failure(const std::filesystem::path& cache,
                                         const std::string& key);
// Those that still hold, for whichever program, by library.
std::vector<LoadFailure> known_failures(const std::filesystem::path& cache);
// Whether there were any. Throws StorageError (Io).
bool remove_failures(const std::filesystem::path& cache);

}  // namespace reg
