#pragma once

#include <reg/workspace.h>
#include <filesystem>
#include <iostream>

#include "workspace_with_kernels.h"

namespace {

// The cache lies in the current folder, too, as it was before.
struct Given : WorkspaceWithKernels {
  Given() {
    std::filesystem::current_path(scratch.path());
    std::filesystem::copy_file(reg::Workspace::find().cache(), "before.json");
  }
};

}  // namespace
