#pragma once

#include "workspace_with_kernels.h"

namespace {

struct Given : WorkspaceWithKernels {};

}  // namespace
