#pragma once
// What many predicates ask of facts, added up by fact.

#include <manifest/line.h>
#include <reg/fact_uses.h>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <unordered_set>
#include <vector>

namespace reg {

// What is known of one fact so far.
struct FactSum {
  std::size_t candidates = 0;
  std::vector<FactComparison> comparisons = {};
  std::unordered_set<std::string> known = {};  // the texts of these
  bool more = false;
  std::set<std::string> by_way_of = {};
  std::vector<FactUsePlace> places = {};
};

class FactTally {
 public:
  // `registry` must outlive it.
  FactTally(const RegistryInfo& registry, FactUseLimits limits);

  // Stays where it is as long as this does.
  FactSum& of(const std::string& fact) { return sums_[fact]; }
  // Those that whoever asks for these facts reads: also the declared ones that they lie in, or that
  // lie in them.
  std::vector<FactSum*> read_with(const std::set<std::string>& facts);
  void add(FactSum& sum, FactComparison comparison) const;
  // One more candidate that reads these.
  void count(const std::vector<FactSum*>& read, const LineText& candidate) const;

  std::vector<FactUse> take(const Context& base) &&;

 private:
  FactUse use_of(const std::string& path, FactSum sum, const Context& base) const;

  const RegistryInfo& registry_;
  const FactUseLimits limits_;
  std::map<std::string, FactSum> sums_;
};

}  // namespace reg
