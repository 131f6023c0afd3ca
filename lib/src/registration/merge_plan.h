#pragma once
// Which registries merge from which, and in what order they can be settled.

#include <registration/catalog.h>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace reg {

// A merge that is asked for.
struct WantedMerge {
  std::string into;
  std::vector<std::string> from;
  bool force = false;
  Place place;
};

// One registry that another one merges from.
struct PlannedMerge {
  std::string from;
  bool force = false;
  Place place;  // of the merge
};

struct MergePlan {
  // By the registry that takes the symbols: what it merges, in the order in which that is declared.
  std::map<std::string, std::vector<PlannedMerge>, std::less<>> into;
  // All registries that merge or are merged, those that one merges from before it.
  std::vector<std::string> order;
};

// Leaves out, with an error, merges from what is no registry, those in a circle, and those of
// registries that declare a field with different types. The catalog has every registry that is
// declared or that a symbol names, also one that is not registered; those that are merged into are
// added.
MergePlan plan_merges(std::span<const WantedMerge> merges, Catalog& catalog,
                      std::vector<Diagnostic>& diagnostics);
// Those that all sources declare.
MergePlan plan_merges(std::span<const Source> sources, Catalog& catalog,
                      std::vector<Diagnostic>& diagnostics);

// What forbids a merge: fields that both registries declare, with different types.
std::vector<Diagnostic> conflicts_of_fields(const RegistryInfo& from, const RegistryInfo& into,
                                            const Place& place);
// The error for merges in a circle, such as "A from B from A".
Diagnostic merged_in_circle(Place place, const std::string& circle);

}  // namespace reg
