#pragma once
// Which files of a repository can be sources of a workspace in it.

#include <manifest/manifest.h>
#include <reg/workspace.h>
#include <workspace/path_pattern.h>
#include <filesystem>
#include <string>
#include <vector>

namespace reg {

// Where a workspace lies in a repository. Both real, without links.
struct PlaceInRepository {
  std::filesystem::path top;  // the repository's folder
  std::string folder;         // the workspace's, from there; "" is the top
};

// All paths are from the repository's top folder. What discovery would take is among the wanted
// files; what is wanted may be left out by discovery.
class WantedFiles {
 public:
  WantedFiles(const PlaceInRepository& place, const Workspace& workspace, const Settings& settings);

  bool wants(const std::string& path) const;
  // Whether a file below this folder may be wanted.
  bool reaches_into(const std::string& folder) const;
  // From now on, also what lies there: a link leads to it.
  void add(const std::string& path) { bases_.push_back(path); }

  // What the settings name outside of the repository by a relative path, absolute.
  const std::vector<std::filesystem::path>& outside() const { return outside_; }
  // What they name in it by an absolute path, which means the working tree.
  const std::vector<std::string>& absolute() const { return absolute_; }

 private:
  void take(const PlaceInRepository& place, const std::string& base);
  bool is_below_base(const std::string& path) const;
  // Whether a walk comes by: it enters hidden folders and their like only where they are named.
  bool is_open(const std::string& path) const;
  bool is_named(const std::string& path) const;

  std::string folder_;
  std::vector<std::string> bases_;
  std::vector<PathPattern> named_;  // of files whose names tell nothing
  std::vector<std::filesystem::path> outside_;
  std::vector<std::string> absolute_;
};

}  // namespace reg
