#pragma once
// How the library's own functions that stand beside `Registry` and `RegistryStore` see their
// inside.

#include <reg/registry_store.h>
#include <store/registry_state.h>
#include <store/store_state.h>

namespace reg {

struct Inside {
  static RegistryState& of(Registry& registry) { return *registry.state_; }
  static const RegistryState& of(const Registry& registry) { return *registry.state_; }
  static StoreState& of(RegistryStore& store) { return *store.state_; }
  static const StoreState& of(const RegistryStore& store) { return *store.state_; }

  static std::unique_ptr<Registry> registry_with(std::unique_ptr<RegistryState> state) {
    return std::unique_ptr<Registry>(new Registry(std::move(state)));
  }
  static void prepare(const Registry& registry, Implementation& newcomer) {
    registry.prepare(newcomer);
  }
};

}  // namespace reg
