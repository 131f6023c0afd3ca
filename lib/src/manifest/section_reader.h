#pragma once
// Reads what a manifest declares besides symbols: registries, predicates, unregister, match, merge,
// pins.

#include <manifest/declarations.h>
#include <manifest/element.h>
#include <manifest/predicate_texts.h>
#include <manifest/problems.h>
#include <set>
#include <string>
#include <vector>

namespace reg {

class SectionReader {
 public:
  SectionReader(Declarations& out, Problems& problems, PredicateTexts& predicates)
      : out_(out), problems_(problems), predicates_(predicates) {}

  // The values of the root's keys of these names: tables for the first two, arrays for the others.
  void read_registries(const Element& section);
  // The same of what an origin publishes, whose registries have no select.
  void read_published_registries(const Element& section);
  void read_predicates(const Element& section);
  void read_unregister(const Element& section);
  void read_match(const Element& section);
  void read_merge(const Element& section);
  void read_pins(const Element& section);

 private:
  std::optional<PinDeclaration> read_pin(const Element& table);
  struct RegistrySlots;
  enum class RegistryKeys : bool { All, Published };
  void read_registry(const Element& table, const Member& member, RegistryKeys keys);
  void read_fields(const Element& fields, std::vector<DeclaredField>& out);
  bool takes_field(const Element& at, const DeclaredField& declared, std::set<std::string>& names);
  std::optional<PredicateDefinition> read_definition(const Element& value);
  std::optional<PredicateDefinition> read_definition_table(const Element& table);
  std::vector<std::string> read_params(const Element& params);

  Declarations& out_;
  Problems& problems_;
  PredicateTexts& predicates_;
};

}  // namespace reg
