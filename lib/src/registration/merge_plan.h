#pragma once
// Which registries merge from which, and in what order they can be settled.

#include <registration/catalog.h>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace reg {

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
MergePlan plan_merges(std::span<const Source> sources, Catalog& catalog,
                      std::vector<Diagnostic>& diagnostics);

}  // namespace reg
