#pragma once
// What is in a tree of a repository.

#include <revision/git.h>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace reg {

struct TreeEntry {
  enum class Kind : std::uint8_t { File, Program, Link, Submodule };
  Kind kind = Kind::File;
  std::string object;
  std::string path;  // from the repository's top folder, any bytes but NUL
};

struct Tree {
  std::vector<TreeEntry> entries;
  std::vector<std::string> refused;  // paths
};

// All of a tree, its folders entered. Refused is what git itself would not make, and what could lie
// outside of the folder that it is written to: a component `..`, a path that stands there twice, or
// below one that is no folder. `only`: what lies there. Throws StorageError (Io).
Tree read_tree(const Git& git, const std::string& tree, const std::string& only = {});

// Calls `visit` with the content of each entry, in order. Throws StorageError (Io) where the
// repository does not have one.
void each_content(const Git& git, std::span<const TreeEntry* const> entries,
                  const std::function<void(const TreeEntry& entry, std::string content)>& visit);

// Files and folders of the working tree that git is told to ignore, from the repository's top
// folder, which is git's. A folder, which ends with `/`, is a repository.
std::vector<std::string> ignored_files(const Git& git);

}  // namespace reg
