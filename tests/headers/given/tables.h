#pragma once

#include <reg/registry.h>

namespace {

struct Given {};

}  // namespace
