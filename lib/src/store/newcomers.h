#pragma once
// What comes into a registry, made ready: by registration, by a merge.

#include <store/registry_state.h>
#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

namespace reg {

std::shared_ptr<const Declaration> new_declaration();

// An entry for `registry`, completed, prepared by the registry's class and checked; null, with what
// is wrong in `problems`, if it cannot be one. Throws what the registry's class throws.
EntryPtr entry_for(const Registry& registry, Implementation implementation,
                   std::shared_ptr<const Declaration> declaration,
                   std::vector<Diagnostic>& problems);

// Registers in one registry, all or none, unless registration is locked; returns how many arrived.
// Throws InputError with all that is wrong.
std::size_t register_each(Registry& registry, std::vector<Implementation> implementations,
                          Force force);

// Brings copies from one registry into another (DESIGN §4, step 2).
class Copier {
 public:
  // `from` must outlive it.
  Copier(const Registry& into, const RegistryInfo& from, Force force, Place place, Intake& intake,
         std::vector<Diagnostic>& problems);
  // Of an entry, which `predicate` scores where it is (null: it is unconditional there).
  void add(const Entry& original, const Predicate* predicate);

 private:
  const Registry& into_;
  const RegistryInfo declared_;
  const RegistryInfo& from_;
  Force force_;
  Place place_;
  Intake& intake_;
  std::vector<Diagnostic>& problems_;
};

}  // namespace reg
