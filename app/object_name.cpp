#include "object_name.h"

#include <reg/error.h>
#include <vector>

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

void require_registry(const Cache& cache, const std::string& name, const std::string& command) {
  if (cache.registry(name)) return;
  const std::vector<std::string> holders = cache.registries_of(name);
  if (holders.empty()) cache.require_registry(name);
  throw RegistryNotFound(
      "there is no registry \"" + name + '"',
      "`reg " + command + ' ' + holders.front() + '/' + name + "` shows the oid");
}

}  // namespace reg::app
