#pragma once
// A cache as a command line names it: a file, the folder of a workspace, or a git revision.

#include "session.h"

#include <reg/cache.h>
#include <reg/revision.h>
#include <string>
#include <variant>
#include <vector>

namespace reg::app {

class NamedCache {
 public:
  explicit NamedCache(Cache cache) : is_(std::move(cache)) {}
  explicit NamedCache(RevisionCache revision) : is_(std::move(revision)) {}

  const Cache& cache() const {
    const auto* revision = std::get_if<RevisionCache>(&is_);
    return revision != nullptr ? revision->cache() : std::get<Cache>(is_);
  }
  // What is not in it, though the revision has it.
  std::vector<Diagnostic> left_out() const;

 private:
  std::variant<Cache, RevisionCache> is_;
};

// Says on the way what could not be had of a revision, and which sources it takes as they are.
// Throws UsageError where a name is both a file's and a revision's, and what opening it throws.
NamedCache open_named(const Session& session, const std::string& name);

}  // namespace reg::app
