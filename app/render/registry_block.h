#pragma once
// All that is known about a registry, as a block of lines.

#include "../output.h"
#include "style.h"

#include <reg/registry_details.h>

namespace reg::app {

void write_registry_block(Output& out, const Style& style, const RegistryDetails& registry);

}  // namespace reg::app
