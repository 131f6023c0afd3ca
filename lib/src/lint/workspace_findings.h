#pragma once
// What is odd about the workspace as a whole: its named predicates, and [context].

#include <lint/declared.h>
#include <lint/found.h>
#include <reg/predicate.h>
#include <reg/symbol.h>
#include <vector>

namespace reg::linting {

struct WorkspaceView {
  const std::vector<RegistryInfo>& registries;
  const PredicateSet& named;
  const Context& base;
  const Declared& declared;
};

void find_in_workspace(const WorkspaceView& workspace, AllFound& found);

}  // namespace reg::linting
