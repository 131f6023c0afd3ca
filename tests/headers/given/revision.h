#pragma once

#include <reg/difference.h>
#include <reg/workspace.h>
#include <cstdlib>
#include <iostream>
#include <stdexcept>
#include <string>

#include "workspace_with_kernels.h"

namespace {

// The workspace is a git repository with one commit.
struct Given : WorkspaceWithKernels {
  Given() {
    const std::string commit = "cd '" + scratch.path().string() +
                               "' && git init -q && git add kernels.reg.toml registry.toml && "
                               "git -c user.name=n -c user.email=e commit -q -m first";
    if (std::system(commit.c_str()) != 0) throw std::logic_error("git made no commit");
  }
};

}  // namespace
