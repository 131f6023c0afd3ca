#pragma once
// Writes what a revision has of a workspace's sources into a folder.

#include <reg/error.h>
#include <reg/workspace.h>
#include <filesystem>
#include <string>
#include <vector>

namespace reg {

struct Checkout {
  std::filesystem::path workspace;   // the folder with the `registry.toml`
  std::vector<Diagnostic> problems;  // paths from the workspace; Error: something is left out
  std::vector<std::string> as_now;   // what is as it is now, files and folders; likewise
};

// Makes the folder `into`. In it, files lie as in the file system, from its root on, so that
// relative paths lead to the same, in the repository or not.
// Throws as `find_revision`; StorageError: kind Workspace if there is no `registry.toml` in the
// revision; InputError if it does not tell what the sources are.
Checkout check_out(const Workspace& workspace, const std::string& name,
                   const std::filesystem::path& into);

}  // namespace reg
