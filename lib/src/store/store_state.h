#pragma once
// What is inside a store.

#include <reg/registry_store.h>
#include <store/surroundings.h>
#include <workspace/files.h>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace reg {

class StoreState {
 public:
  // The registry of that name, which is not in the store, made by its factory. It shares the
  // store's surroundings. Throws UsageError if the factory makes another one.
  std::unique_ptr<Registry> make(const std::string& name) const;
  Registry& add(std::unique_ptr<Registry> registry);
  // Null if there is none.
  Registry* find(std::string_view name) const;
  // Of all but private registries, sorted.
  std::vector<std::string> public_names() const;

  std::shared_ptr<Surroundings> surroundings = std::make_shared<Surroundings>();
  std::map<std::string, std::unique_ptr<Registry>, std::less<>> registries;
  std::map<std::string, RegistryFactory, std::less<>> factories;
  RegistryFactory default_factory;
  // The files that were registered last, as they were then.
  std::map<std::filesystem::path, FileStamp> stamps;
};

// Throws UsageError if that is the name of the merged view.
void require_no_view(std::string_view name);

}  // namespace reg
