#pragma once
// What comes into a registry, made ready: by registration, by a merge.

#include <store/registry_state.h>
#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

namespace reg {

std::shared_ptr<const Declaration> new_declaration();

// An entry for `registry`, completed, prepared by the registry's class and checked, but for what
// its predicate reads. Where anything is found to be wrong, it is good for further checks only.
// Throws what the registry's class throws.
EntryPtr entry_for(const Registry& registry, Implementation implementation,
                   std::shared_ptr<const Declaration> declaration, Findings& findings);
// Checks what scores an entry of `registry`: its own predicate against `declared`, which is what
// the registry declares, and what joins that meanwhile.
void check_predicate(const Registry& registry, const RegistryInfo& declared, const Entry& entry,
                     Findings& findings);

// Registers in one registry, all or none, unless registration is locked; returns how many arrived.
// Throws InputError with all that is wrong.
std::size_t register_each(Registry& registry, std::vector<Implementation> implementations,
                          Force force);

// Brings copies from one registry into another (DESIGN §4, step 2).
class Copier {
 public:
  // `declared` is what `into` declares, with what the copies bring. It and `from`, the name of what
  // is merged, must outlive it.
  Copier(const Registry& into, const RegistryInfo& declared, std::string_view from, Force force,
         Place place, Intake& intake, Findings& findings);
  // Of an entry, which `predicate` scores where it is (null: it is unconditional there), in a
  // registry that declares `from`.
  void add(const Entry& original, const Predicate* predicate, const RegistryInfo& from);

 private:
  // Whether the same declaration came by another way.
  bool is_here(const Entry& original) const;

  const Registry& into_;
  const RegistryInfo& declared_;
  std::string_view from_;
  Force force_;
  Place place_;
  Intake& intake_;
  Findings& findings_;
};

}  // namespace reg
