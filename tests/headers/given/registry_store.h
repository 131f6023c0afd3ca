#pragma once

#include "codecs.h"

namespace {

struct Given {};

}  // namespace
