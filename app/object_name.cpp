#include "object_name.h"

#include <reg/error.h>

namespace reg::app {

ObjectName object_name_from(const std::string& text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string::npos || slash == 0 || slash + 1 == text.size()) {
    throw UsageError(
        '"' + text + "\" is not REGISTRY/OID",
        slash == std::string::npos
            ? "write REGISTRY/" + text + "; or, if that is a registry, `reg list " + text + '`'
            : "");
  }
  return {text.substr(0, slash), text.substr(slash + 1)};
}

}  // namespace reg::app
