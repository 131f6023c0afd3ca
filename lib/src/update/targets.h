#pragma once
// The files and folders that a run is limited to.

#include <reg/workspace.h>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace reg {

// Targets and sources are compared by their real places, so that neither links nor the spelling of
// a path matter; but the last component may itself be a link that stands among the sources.
class Targets {
 public:
  // Throws StorageError (Io) if a folder on the way cannot be looked at.
  Targets(const Workspace& workspace, const std::vector<std::filesystem::path>& targets);

  bool empty() const { return targets_.empty(); }
  // Whether the source is a target or lies below one; marks that target as found.
  bool contain(const std::string& source);
  // Whether the path is, contains or lies below a target.
  bool meet(const std::string& path);
  // The first target, as it was given, that contained nothing so far; null if there is none.
  const std::filesystem::path* not_found() const;

 private:
  struct Target {
    std::filesystem::path given;
    std::filesystem::path real;      // but for the last component
    std::filesystem::path resolved;  // the last component, too: the folder that a link stands for
    bool found = false;
  };
  std::filesystem::path real(const std::filesystem::path& path);
  const std::filesystem::path& real_folder(const std::filesystem::path& folder);

  std::filesystem::path root_;
  std::vector<Target> targets_;
  std::map<std::filesystem::path, std::filesystem::path> real_folders_;
};

}  // namespace reg
