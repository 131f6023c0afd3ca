#pragma once
// How what is declared besides symbols differs, and whom that concerns.

#include <reg/difference.h>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace reg {

// What is known of a cache besides its symbols.
struct ComparedHead {
  explicit ComparedHead(const Cache& cache);

  Context base;
  PredicateSet predicates;
  std::map<std::string, RegistryInfo, std::less<>> registries;
};

// Adds what differs between the heads.
void add_head_differences(const ComparedHead& before, const ComparedHead& after,
                          CacheDifference& found);

// Whose scores may be others for what differs between two heads.
class HeadChange {
 public:
  HeadChange(const ComparedHead& before, const ComparedHead& after);

  // Whether this can be so for all oids of a registry that both have.
  bool concerns(std::string_view registry) const { return registries_.contains(registry); }
  // Whether another target of that oid is pinned.
  bool concerns(const std::string& registry, const std::string& oid) const {
    return pinned_.contains({registry, oid});
  }
  // Whether a symbol's line calls a named predicate that has another meaning. It may say so of a
  // line that only holds its name.
  bool concerns_line(std::string_view line) const;

 private:
  std::set<std::string, std::less<>> registries_;
  std::set<std::string, std::less<>> predicates_;  // escaped
  std::set<std::pair<std::string, std::string>> pinned_;
};

}  // namespace reg
