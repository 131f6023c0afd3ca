#pragma once

#include <reg/auto_register.h>
#include <scratch.h>
#include <stdlib.h>
#include <stdexcept>

namespace {

// A workspace, which REG_WORKSPACE names, and its cache.
struct WorkspaceWithKernels {
  WorkspaceWithKernels() {
    reg_test::write_file(scratch / reg::Workspace::config_name, "[workspace]\nsources = ['.']\n");
    reg_test::write_file(scratch / "kernels.reg.toml", R"(
[[symbols]]
registry = "Kernel"
oid      = "gemm"
target   = "libgemm.so:make_cublas"
select   = "sm >= 80"

[[symbols]]
registry = "views"
oid      = "primary"
target   = "views.Primary"
select   = "shown"
)");
    ::setenv("REG_WORKSPACE", scratch.path().c_str(), 1);
    if (reg::auto_register(reg::Workspace::find()).failed) throw std::logic_error("wrong manifest");
  }

  const reg_test::ScratchFolder scratch;
};

}  // namespace
