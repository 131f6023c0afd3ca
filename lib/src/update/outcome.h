#pragma once
// The fourth value of a run: what the cache is to hold, and what the run has to say.

#include <registration/linker.h>
#include <update/gather.h>
#include <update/splice.h>
#include <deque>
#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace reg {

// The old cache is right as it is.
struct Unchanged {};

struct Outcome {
  CacheHead head;
  std::variant<Unchanged, Splice, Linked> content;
  std::unique_ptr<std::string> old_text =
      std::make_unique<std::string>();  // that records point into
  std::deque<std::string> made;         // and these
  std::vector<KnownSource> sources;     // for the sidecar
  std::vector<Diagnostic> diagnostics;  // in the order of the sources
  std::optional<Difference> difference;
  std::vector<SymbolChange> changes;
  std::string why_linked;  // and not spliced
  bool changed = true;     // the cache is to be another one
  bool failed = false;     // there are errors that are this run's business
};

// By exchanging the lines of what changed in the old cache where that is possible; else everything
// is linked anew. The result is the same. The outcome refers to the inputs and to what was
// gathered.
Outcome make_outcome(const Inputs& inputs, const Plan& plan, const Gathered& gathered,
                     const Request& request);

}  // namespace reg
