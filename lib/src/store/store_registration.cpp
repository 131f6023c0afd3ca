// Registration in a store's registries.

#include <store/batch.h>
#include <store/inside.h>
#include <algorithm>

namespace reg {
namespace {

std::size_t count_yes(const std::vector<Registered>& outcome) {
  return static_cast<std::size_t>(std::count(outcome.begin(), outcome.end(), Registered::Yes));
}

}  // namespace

std::vector<Registered> RegistryStore::settle(const Registrations& registrations) {
  if (register_locked()) return std::vector(registrations.symbols.size(), Registered::Locked);
  return settle_together(*this, registrations);
}

Registered RegistryStore::register_symbol(const Implementation& implementation,
                                          const StoreRegisterOptions& options) {
  Registration one{implementation, {options.force, options.clear, options.replaces}};
  if (!options.registries.empty()) one.implementation.registries = options.registries;
  if (!options.oid.empty()) one.implementation.symbol.oid = options.oid;
  return settle({.symbols = {std::move(one)}}).front();
}

std::size_t RegistryStore::register_all(const std::vector<Implementation>& implementations,
                                        const std::vector<std::string>& but) {
  Registrations all;
  for (const Implementation& one : implementations) {
    if (std::find(but.begin(), but.end(), one.symbol.target) == but.end())
      all.symbols.push_back({one});
  }
  return count_yes(settle(all));
}

Registered RegistryStore::register_and_replace(const Implementation& implementation,
                                               std::string_view replaced) {
  return register_symbol(implementation, {.replaces = std::string(replaced)});
}

Unregistered RegistryStore::unregister(std::string_view registry, std::string_view oid,
                                       std::string_view target) {
  return require_registry(registry).unregister(oid, target);
}

void RegistryStore::clear() {
  for (const auto& [name, registry] : state_->registries) {
    if (!Inside::of(*registry).is_view()) registry->clear();
  }
}

// Hooks may open registries, and register in those that had their turn.
void RegistryStore::initialization_completed() {
  for (bool done = false; !done;) {
    done = true;
    for (const auto& [name, registry] : state_->registries) {
      if (Inside::of(*registry).contents.unannounced().empty()) continue;
      registry->initialization_completed();
      done = false;
    }
  }
}

}  // namespace reg
