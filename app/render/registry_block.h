#pragma once
// All that is known about a registry.

#include "../output.h"
#include "style.h"

#include <reg/registry_details.h>
#include <string>

namespace reg::app {

// As a block of lines.
void write_registry_block(Output& out, const Style& style, const RegistryDetails& registry);
// As a JSON object: what `list` says of a registry, and what is more.
void append_details(std::string& out, const RegistryDetails& registry);

}  // namespace reg::app
