#pragma once
// The merged view of all registries of a store (ExCore: `make_global`).

#include <store/registry_state.h>
#include <store/store_state.h>
#include <memory>

namespace reg {

// Looked up in the registries each time, so that it is never stale. The store must outlive it.
std::unique_ptr<RegistryState> global_view(const StoreState& store);

}  // namespace reg
