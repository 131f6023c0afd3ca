#pragma once
// The third value of a run: what all sources declare, some read now, some as they are known.

#include <registration/catalog.h>
#include <update/account_store.h>
#include <update/inputs.h>
#include <update/plan.h>
#include <update/request.h>
#include <update/stamps.h>
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
  // What it declares on account of other files, in code or matched in it; 0: nothing does.
  std::uint64_t declared = 0;

  bool is_read() const { return known == nullptr; }
};

// What a run knows of the files of code, whether they declare anything or not.
struct GatheredCode {
  // What all that they declare follows from; 0: that of some was not taken.
  std::uint64_t sum = 0;
  std::uint64_t rules = 0;            // of `sum`, what does not depend on the files
  std::vector<std::size_t> idle;      // the numbers of the scans that find nothing
  std::vector<KeptStamp> stamps;      // of each
  std::vector<KeptAccount> accounts;  // likewise, where they are not as they are kept
  std::vector<SourceStamp> objects;   // that are matched, as what is gathered follows from them
  std::size_t read = 0;               // files that were read
  bool changed = false;  // the accounts are other ones than those that are kept, or their stamps
};

struct Gathered {
  std::vector<GatheredSource> sources;  // in the order of registration
  GatheredCode code;

  auto begin() const { return sources.begin(); }
  auto end() const { return sources.end(); }
  std::size_t size() const { return sources.size(); }
  const GatheredSource& operator[](std::size_t i) const { return sources[i]; }
};

// Reads what the plan says.
Gathered gather(const Inputs& inputs, const Plan& plan, const Request& request);

}  // namespace reg
