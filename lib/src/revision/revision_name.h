#pragma once
// What the name of a revision stands for.

#include <reg/workspace.h>
#include <revision/git.h>
#include <revision/wanted_files.h>
#include <string>

namespace reg {

struct Revision {
  PlaceInRepository place;  // of the workspace
  std::string tree;         // the object
};

// `A...B` stands for where the two have parted. Throws InputError if there is no such revision, or
// more than one of the name; StorageError: kind Workspace if the workspace is in no repository.
Revision find_revision(const Workspace& workspace, const std::string& name);

// The tree of a commit or a tree. Throws GitFailed if there is none; InputError as above.
std::string tree_of(const Git& git, const std::string& name);

}  // namespace reg
