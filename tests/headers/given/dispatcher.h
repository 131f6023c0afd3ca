#pragma once

#include <reg/cache.h>
#include <iostream>

#include "workspace_with_kernels.h"

namespace {

struct Given : WorkspaceWithKernels {
  const std::filesystem::path file = reg::Workspace::find().cache();
};

}  // namespace
