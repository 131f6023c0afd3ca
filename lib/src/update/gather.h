#pragma once
// The third value of a run: what all sources declare, some read now, some as they are known.

#include <registration/catalog.h>
#include <update/inputs.h>
#include <update/plan.h>
#include <update/request.h>
#include <memory>
#include <vector>

namespace reg {

// A source's declarations, and where they are from.
struct GatheredSource {
  std::string path, kind;
  FileStamp stamp;
  std::uint64_t hash = 0;
  std::shared_ptr<const Declarations> declarations;
  // Not null: it was not read now, and its symbols are those of the cache's lines and what is known
  // to have been left out of them; the inputs own it.
  const KnownSource* known = nullptr;

  bool is_read() const { return known == nullptr; }
};

using Gathered = std::vector<GatheredSource>;  // in the order of registration

// Reads what the plan says.
Gathered gather(const Inputs& inputs, const Plan& plan, const Request& request);

}  // namespace reg
