#pragma once
// `REGISTRY/OID` on the command line.

#include <reg/cache.h>
#include <string>

namespace reg::app {

struct ObjectName {
  std::string registry;
  std::string oid;
};

// Splits at the first `/`: oids may have more of them. Throws UsageError.
ObjectName object_name_from(const std::string& text);

// Throws RegistryNotFound; where it is an oid, the hint names what `reg COMMAND` can be asked for.
void require_registry(const Cache& cache, const std::string& name, const std::string& command);

}  // namespace reg::app
