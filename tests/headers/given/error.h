#pragma once

#include <reg/cache.h>
#include <iostream>

#include "workspace_with_kernels.h"

namespace {

struct Given : WorkspaceWithKernels {
  const reg::Cache cache = reg::Cache::open(reg::Workspace::find().cache());
  const reg::Context context = reg::Context::object();
};

}  // namespace
