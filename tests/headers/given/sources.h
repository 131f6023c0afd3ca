#pragma once

#include <scratch.h>
#include <fstream>

namespace {

namespace fs = std::filesystem;

struct Given {
  const reg_test::ScratchFolder scratch;
  const fs::path folder = scratch.path();
};

}  // namespace
