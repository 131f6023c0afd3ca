#pragma once
// What many predicates ask of facts, added up by fact.

#include <manifest/line.h>
#include <predicate/fact_questions.h>
#include <reg/fact_uses.h>
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace reg {

// Where a candidate stands, in few bytes: there may be a place for each of many predicates.
struct SeenAt {
  std::size_t order = 0;  // among all that were looked at
  std::size_t path = 0;   // a number of SeenPlaces
  Position at = {};
};

class SeenPlaces {
 public:
  SeenAt at(std::size_t order, const LineText& line);
  Place place(const SeenAt& seen) const;

 private:
  std::unordered_map<std::string, std::size_t> numbers_;  // of escaped paths
  std::vector<std::string> paths_;
};

class FactTally {
 public:
  // `registry` must outlive it.
  FactTally(const RegistryInfo& registry, FactUseLimits limits);

  void add(const std::string& fact, FactComparison comparison);
  void note_more(const std::string& fact) { sum_of(fact).more = true; }
  // Empty: by itself.
  void note_way(const std::string& fact, const std::string& named);
  // So many candidates, of which these are the first, ask these questions.
  void add_candidates(const std::vector<ast::FactQuestion>& questions, std::size_t count,
                      const std::vector<SeenAt>& places);

  std::vector<FactUse> take(const Context& base, const SeenPlaces& places) &&;

 private:
  struct Sum {
    std::size_t candidates = 0;
    std::vector<FactComparison> comparisons;
    std::unordered_set<std::string> known;  // the texts of these
    bool more = false;
    std::set<std::string> ways;
    std::vector<SeenAt> places;
  };
  Sum& sum_of(const std::string& fact) { return sums_[fact]; }
  void keep_first_places(Sum& sum) const;
  FactUse use_of(const std::string& path, Sum sum, const Context& base,
                 const SeenPlaces& places) const;

  const RegistryInfo& registry_;
  const FactUseLimits limits_;
  std::map<std::string, Sum> sums_;
};

}  // namespace reg
