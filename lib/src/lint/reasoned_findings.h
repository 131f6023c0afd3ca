#pragma once
// What reasoning shows of implementations: one oid at a time.

#include <lint/declared.h>
#include <lint/found.h>
#include <lint/readings.h>
#include <reg/reasoning.h>
#include <cstddef>
#include <string>
#include <vector>

namespace reg::linting {

// An implementation, and whether a merge copied it here.
struct Entrant {
  Symbol symbol;
  bool copied = false;
};

// The oids of one registry, in turn. What is wrong with the registry's own `select` is said once,
// of the registry, where it is so for every symbol that it scores.
class ReasonedFindings {
 public:
  struct Surroundings {
    const PredicateSet& named;
    const Context& base;
    const ReasoningLimits& limits;
  };

  // All of it must outlive this.
  ReasonedFindings(const RegistryInfo& registry, const Surroundings& surroundings,
                   Readings& readings, AllFound& found);

  void look_at(std::vector<Entrant> entrants);
  // To be called once, after the last oid. `places`: where the registry is declared, if that is
  // known.
  void finish(const RegistryPlaces* places);
  // Of how many implementations it is not known whether they can apply, or win.
  std::size_t undecided() const { return undecided_; }

 private:
  class Oid;
  // What all symbols have in common that the registry's `select` scores.
  struct OfDefault {
    std::size_t scored = 0, never = 0, always = 0;
    std::vector<std::string> rests_on;  // of the first
    AllFound never_applying;            // of each, as long as it is so for all
  };
  void count_default(const Applying& applying, Found* never);
  void report_default(const char* code, const RegistryPlaces& places, std::string message);

  RegistryInfo registry_;  // without what reasoning does not look at
  const Surroundings surroundings_;
  Readings& readings_;
  AllFound& found_;
  OfDefault default_;
  std::size_t undecided_ = 0, explained_ = 0;
};

}  // namespace reg::linting
