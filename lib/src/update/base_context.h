#pragma once
// What is wrong with `[context]` of registry.toml.

#include <reg/json.h>
#include <reg/symbol.h>
#include <registration/finding.h>
#include <span>
#include <vector>

namespace reg {

// Warnings: a fact that is not what a registry declares it to be, or stands where one declares
// facts of an object; one that no registry knows and is named almost as one that some do, at any
// depth. It may have facts that only some registries know.
std::vector<Finding> check_base_context(const Context& base,
                                        std::span<const RegistryInfo> registries);

}  // namespace reg
