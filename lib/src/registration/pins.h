#pragma once
// Pins: which implementation of an oid wins wherever it applies.

#include <registration/catalog.h>
#include <registration/finding.h>
#include <span>
#include <vector>

namespace reg {

// Gives every registry of the catalog the pins that the sources declare for it; those for any other
// registry are left out.
void add_pins(std::span<const Source> sources, Catalog& catalog);

// What is said of a pin whose target is not registered.
Finding pin_without_effect(const Source& source, const PinDeclaration& pin);
// The same of all of them; `symbols` are what is registered, sorted by registry and oid.
std::vector<Finding> pins_without_effect(std::span<const Source> sources,
                                         std::span<const SymbolRecord> symbols);

}  // namespace reg
