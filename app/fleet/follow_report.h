#pragma once
// What following says of its rounds.

#include "session.h"

#include <follower.h>
#include <string>
#include <vector>

namespace reg::app {

// `took 2 origins and removed 1 (12 chunks, 3,456 bytes): 20 symbols in 3 registries (5 added)`.
// `failed`: something else went wrong, so that nothing is said of what did not change.
std::string round_text(const fleet::Synced& synced, bool failed = false);

// Of one round after the other: each thing once, until something else is to be said.
class RoundReports {
 public:
  explicit RoundReports(const Session& session) : session_(session) {}
  void tell(const fleet::Synced& synced);

 private:
  void tell_of(const AutoRegisterReport& report);

  const Session& session_;
  std::vector<Diagnostic> told_;
  std::string not_applied_;
};

}  // namespace reg::app
