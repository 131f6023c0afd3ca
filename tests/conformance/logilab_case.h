#pragma once
// Cases of the differential test: made at random, answered by this library and by logilab.common.
//
// A case:   {"debug": bool, "predicates": [tree…], "contexts": [{…}…], "registries": [name…],
//            "steps": [{"do": "register"|"unregister"|"replace", "registry", "oid", "target",
//                       "select": tree|null, "clear": bool, "replaced": target}…],
//            "asked": [[registry, oid]…]}
// A tree:   ["and", tree…]  ["or", tree…]  ["not", tree]  ["yes"]  ["yes", score]
//           ["eq", fact, value]  ["has", fact]  ["truthy", fact]  ["ge", fact, number]
//           ["score", fact]: what the fact says, if it is a number
// An answer: {"scores": [[score of each context]…], "selectors": [count…], "steps": ["done"|
//            "refused"…], "warnings": count, "asked": [{"select": outcome, …} for each asked and
//            context], "reports": [what listeners were told], "registered": [hooks called]}
// An outcome: [target], a list of targets, null, or an exception's name.

#include <reg/json.h>
#include <cstdint>

namespace reg::conformance {

// Makes the same cases in the same order for the same seed.
class CaseGenerator {
 public:
  explicit CaseGenerator(std::uint64_t seed) : state_(seed) {}
  Json next();

 private:
  std::uint64_t below(std::uint64_t bound);
  bool chance(std::uint64_t in) { return below(in) == 0; }
  Json fact();
  Json value();
  Json number();
  Json context();
  Json leaf();
  Json tree(int depth);
  Json step(const Json& registries);

  std::uint64_t state_;
};

// What this library answers.
Json answer(const Json& test_case);

}  // namespace reg::conformance
