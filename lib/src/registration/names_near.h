#pragma once
// Registries that nothing declares, named almost like one that is declared.

#include <registration/catalog.h>
#include <registration/finding.h>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace reg {

class NamesNear {
 public:
  // `declared` must outlive it.
  explicit NamesNear(const std::set<std::string, std::less<>>& declared) : declared_(declared) {}

  // Warns of the registry that a symbol names, once for each source.
  void look_at(const Source& source, const SymbolRecord& record, std::vector<Finding>& findings);

 private:
  using Key = std::pair<std::uint64_t, const std::string*>;  // what near names share; the name
  const std::vector<Key>& keys();
  std::string hint_for(const std::string& name);

  const std::set<std::string, std::less<>>& declared_;
  std::vector<Key> keys_;                                  // of all that are declared, sorted
  std::map<std::string, std::string, std::less<>> hints_;  // by registry; empty: nothing to say
  const Declarations* source_ = nullptr;                   // the one that is looked at
  std::string_view last_;                                  // the registry of the last symbol
  std::set<std::string, std::less<>> seen_;                // in that source
};

// Whether one is the other with one letter too many, too few or other, or with two that changed
// places.
bool differs_by_a_letter(std::string_view a, std::string_view b);

// The registries that some local source declares.
std::set<std::string, std::less<>> registries_declared_here(std::span<const Source> sources);
// The registries that some source declares.
std::set<std::string, std::less<>> declared_registries(std::span<const Source> sources);

}  // namespace reg
