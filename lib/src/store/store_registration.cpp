// Registration in the store's registries.

#include <reg/registry_store.h>
#include <store/surroundings.h>
#include <algorithm>

namespace reg {
namespace {

// logilab's obj_registries.
std::vector<std::string> destinations(const Implementation& implementation,
                                      const std::vector<std::string>& instead) {
  if (!instead.empty()) return instead;
  if (!implementation.registries.empty()) return implementation.registries;
  if (!implementation.symbol.registry.empty()) return {implementation.symbol.registry};
  throw UsageError("no registry is named for \"" + implementation.symbol.target + "\"");
}

}  // namespace

Registered RegistryStore::register_symbol(const Implementation& implementation,
                                          const StoreRegisterOptions& options) {
  // Asked here too, so that no registry is created for what is not registered.
  if (auto reason = surroundings_->ignored(implementation)) return *reason;
  Implementation named = implementation;
  if (!options.oid.empty()) named.symbol.oid = options.oid;
  Registered result = Registered::Yes;
  for (const std::string& name : destinations(implementation, options.registries))
    result = registry(name).register_symbol(named, {options.force, options.clear});
  return result;
}

std::size_t RegistryStore::register_all(const std::vector<Implementation>& implementations,
                                        const std::vector<std::string>& but) {
  std::size_t registered = 0;
  for (const Implementation& implementation : implementations) {
    if (std::find(but.begin(), but.end(), implementation.symbol.target) != but.end()) continue;
    registered += register_symbol(implementation) == Registered::Yes ? 1 : 0;
  }
  return registered;
}

Registered RegistryStore::register_and_replace(const Implementation& implementation,
                                               std::string_view replaced) {
  if (auto reason = surroundings_->ignored(implementation)) return *reason;
  Registered result = Registered::Yes;
  for (const std::string& name : destinations(implementation, {}))
    result = registry(name).register_and_replace(implementation, replaced);
  return result;
}

Unregistered RegistryStore::unregister(std::string_view registry, std::string_view oid,
                                       std::string_view target) {
  return require_registry(registry).unregister(oid, target);
}

void RegistryStore::clear() {
  for (const auto& [name, registry] : registries_) {
    if (registry.get() != surroundings_->global) registry->clear();
  }
}

void RegistryStore::initialization_completed() {
  for (const auto& [name, registry] : registries_) registry->initialization_completed();
}

}  // namespace reg
