#pragma once
// A folder below the temporary one, for as long as somebody has it.

#include <workspace/descriptor.h>
#include <filesystem>

namespace reg {

// Nobody else may enter it. Its owner holds a lock on it, so that what a killed process left is
// found out by whoever makes the next one, and removed.
class TemporaryFolder {
 public:
  // Throws StorageError (Io).
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(TemporaryFolder&& other) noexcept;
  TemporaryFolder& operator=(TemporaryFolder&& other) noexcept;
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  void remove() noexcept;
  [[noreturn]] void give_up(int error);

  std::filesystem::path path_;
  Descriptor lock_;
};

}  // namespace reg
