#pragma once

#include <reg/workspace.h>
#include <iostream>

#include "workspace_with_kernels.h"

namespace {

struct Given : WorkspaceWithKernels {};

}  // namespace
