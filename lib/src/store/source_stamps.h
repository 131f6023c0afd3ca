#pragma once
// The files that were registered last, as they were then.

#include <reg/registry_store.h>
#include <workspace/files.h>
#include <filesystem>
#include <map>

namespace reg {

struct RegistryStore::SourceStamps {
  std::map<std::filesystem::path, FileStamp> files;
};

}  // namespace reg
