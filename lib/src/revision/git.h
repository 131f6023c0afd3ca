#pragma once
// git's plumbing, run in a folder.

#include <reg/error.h>
#include <revision/process.h>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace reg {

// git ran, and did not succeed; kind Io.
class GitFailed : public StorageError {
 public:
  GitFailed(const std::string& message, std::string said)
      : StorageError(ErrorKind::Io, message,
                     "a shallow or partial clone lacks objects, which `git fetch` may bring"),
        said_(std::move(said)) {}
  // What it wrote to stderr.
  const std::string& said() const noexcept { return said_; }

 private:
  std::string said_;
};

// Every function throws GitFailed, and StorageError (Io) where git cannot be run. Of the repository
// only what the folder lies in counts: not what GIT_DIR and the like say, as a hook has them.
class Git {
 public:
  explicit Git(std::filesystem::path folder) : folder_(std::move(folder)) {}

  const std::filesystem::path& folder() const { return folder_; }
  // What it wrote to stdout, without the last newline.
  std::string line(const std::vector<std::string>& words) const;
  // What it wrote to stderr, though it succeeded.
  std::string run(const std::vector<std::string>& words, std::string_view input,
                  const std::function<void(ProcessOutput&)>& read) const;

 private:
  std::filesystem::path folder_;
};

}  // namespace reg
