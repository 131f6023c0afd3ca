#pragma once
// The symbols of one registry in memory.

#include <registration/rules.h>
#include <store/entry.h>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace reg {

// What becomes of one oid.
struct OidChange {
  std::string oid;
  // All that is there from now on; or, if it is added to, what comes after what is there.
  std::vector<EntryPtr> entries;
  OidRules rules;  // of those entries
  bool added_to = false;
};

// By oid and by target.
class Contents {
 public:
  struct Oid {
    std::vector<EntryPtr> entries;  // in registration order; never empty
    OidRules rules;                 // of those entries
  };

  std::size_t size() const { return size_; }
  const std::map<std::string, Oid, std::less<>>& oids() const { return oids_; }
  // Null if there is none.
  const Oid* find(std::string_view oid) const;
  // The oids that a target is under, sorted; valid until the next change.
  std::vector<std::string_view> oids_of(std::string_view target) const;
  // Those whose hook has not been called, by oid and in order. They live on whatever hooks do.
  std::vector<EntryPtr> unannounced() const;

  // Changes are sorted by oid. In time linear (but for a logarithm) in what comes and what goes,
  // and in the oids that are not just added to.
  void apply(std::vector<OidChange> changes);
  void clear();
  // The registry has a predicate from here on.
  void make_conditional();

 private:
  void add(Oid& oid, OidChange& change);
  void replace(Oid& oid, OidChange& change);
  void come(const EntryPtr& entry);

  std::map<std::string, Oid, std::less<>> oids_;
  // Targets with oids; the texts are the entry's. Several origins may have the same.
  std::set<std::tuple<std::string_view, std::string_view, const Entry*>> by_target_;
  std::size_t size_ = 0;
};

}  // namespace reg
