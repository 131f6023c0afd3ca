#pragma once
// `REGISTRY/OID` on the command line.

#include <string>

namespace reg::app {

struct ObjectName {
  std::string registry;
  std::string oid;
};

// Splits at the first `/`: oids may have more of them. Throws UsageError.
ObjectName object_name_from(const std::string& text);

}  // namespace reg::app
