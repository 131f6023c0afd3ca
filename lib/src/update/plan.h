#pragma once
// What a run has to do: which sources to read, which to keep as they were.

#include <reg/auto_register.h>
#include <update/state.h>
#include <workspace/discover.h>
#include <optional>
#include <string>
#include <vector>

namespace reg {

// One source of the workspace in a run.
struct PlannedSource {
  SourceFile file;  // where it was read before but is not there now: the stamp of then
  const KnownSource* known = nullptr;  // as it was last read, if it was
  SourceState state = SourceState::Fresh;
  bool read = false;  // read it in this run; else `known` holds
  std::string why;
};

// The extractor's name, or what it was when the source was last read; "workspace" for
// registry.toml.
std::string kind_of(const PlannedSource& source);

struct Plan {
  std::vector<PlannedSource> sources;  // in the order of registration; also those that are gone
  std::size_t to_read = 0;
  std::size_t gone = 0;  // known ones that this run drops
};

// Compares every source that there is, and every known one that is gone, with what is known; in the
// order of registration.
std::vector<PlannedSource> compare_sources(const Discovery& discovery, const State* state);

// What to do about it. `targets`: relative paths; only what lies under one of them is read or
// dropped, everything else stays as it is known. Without `state`, everything is new, whatever the
// targets.
Plan make_plan(const Discovery& discovery, const State* state,
               const std::vector<std::string>& targets);

// The targets relative to the workspace. Throws InputError for one outside of it.
std::vector<std::string> relative_targets(const Workspace& workspace,
                                          const std::vector<std::filesystem::path>& targets);
// Throws InputError for a target that names no source, known or not.
void require_sources_under(const std::vector<std::string>& targets, const Plan& plan);

}  // namespace reg
