#pragma once
// Texts that are not in place yet: a hidden folder in `.reg/remote`, which is locked for as long as
// its texts are wanted, so that what a killed process left can be told from what another writes.

#include <workspace/descriptor.h>
#include <filesystem>
#include <string>
#include <string_view>

namespace reg {

class Staging {
 public:
  // Makes a folder of its own in that one, which is open. Throws StorageError (Io), as all do.
  Staging(std::filesystem::path parent, int parent_folder);
  // Removes it, and what is left in it.
  ~Staging();
  Staging(const Staging&) = delete;
  Staging& operator=(const Staging&) = delete;

  // Writes a file of that name, and has it on the disk.
  void write(const std::string& name, std::string_view text);
  // Puts it in place, over what is there.
  void put(const std::string& name);
  void remove(const std::string& name) noexcept;

  // Removes what killed processes left. The workspace's lock is held.
  static void remove_leftovers(int parent_folder) noexcept;

 private:
  std::filesystem::path parent_;
  int parent_folder_;
  std::string name_;
  Descriptor folder_;  // locked
};

}  // namespace reg
