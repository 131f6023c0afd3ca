#pragma once
// A folder that is filled with files that nobody here has named.

#include <workspace/descriptor.h>
#include <filesystem>
#include <string_view>

namespace reg {

// Paths are relative to it, and lead to what lies below it in any case: no link on the way is
// followed, whoever made it. Folders on the way are made.
class NewFolder {
 public:
  // Throws StorageError (Io) where there is something, or it cannot be made.
  explicit NewFolder(std::filesystem::path path);

  const std::filesystem::path& path() const { return path_; }
  // Throws StorageError (Io), also where something stands already.
  void write_file(const std::filesystem::path& name, std::string_view content) const;
  // False where something stands already, or no folder on the way.
  [[nodiscard]] bool write_link(const std::filesystem::path& name,
                                const std::filesystem::path& to) const;
  // Whether something stands there, or on the way to it.
  [[nodiscard]] bool has(const std::filesystem::path& name) const;

 private:
  Descriptor parent_of(const std::filesystem::path& name) const;

  std::filesystem::path path_;
  Descriptor folder_;
};

}  // namespace reg
