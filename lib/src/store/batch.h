#pragma once
// Registrations that count together.

#include <reg/registry_store.h>
#include <vector>

namespace reg {

// Works out what becomes of every registry of the store before anything is changed. Returns what
// became of the symbols, in order. Throws as `RegistryStore::settle`; the store is then as it was.
std::vector<Registered> settle_together(RegistryStore& store, const Registrations& registrations);

}  // namespace reg
