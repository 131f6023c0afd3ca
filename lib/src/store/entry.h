#pragma once
// What registries in memory hold.

#include <manifest/declarations.h>
#include <reg/implementation.h>
#include <registration/rules.h>
#include <memory>

namespace reg {

// One registration, for all registries that it is for (DESIGN §4: a declaration). Nothing counts of
// it but which one it is.
struct Declaration {};

// A symbol in a registry.
struct Entry {
  Implementation implementation;
  std::shared_ptr<const Declaration> declaration;
  bool conditional = false;  // it, or its registry, has a predicate
  bool present = false;      // it is in its registry: not refused, and not taken out again
  bool announced = false;    // its hook has been called

  Claim claim() const { return {implementation.symbol.target, conditional, origin()}; }
  // That publishes it; empty: nobody else does.
  std::string_view origin() const { return origin_of_source(implementation.symbol.source.path); }
};
using EntryPtr = std::shared_ptr<Entry>;

}  // namespace reg
