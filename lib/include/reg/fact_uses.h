#pragma once
/// @file fact_uses.h
/// The facts that the predicates of a registry, or of one oid, depend on: their declared types,
/// what they are compared with, and by which candidates.
///
/// Everything is read off the cache; any number of threads may ask.
///
/// ```cpp
/// const auto cache = reg::Cache::open(reg::Workspace::find().cache());
/// const reg::FactUses uses = reg::fact_uses(cache, "Kernel");
/// const reg::FactUse& fact = uses.facts.at(0);
/// assert(fact.fact.path == "sm" && fact.candidates == 1);
/// assert(fact.comparisons.at(0).test == reg::FactTest::GreaterEqual);
/// assert(fact.comparisons.at(0).value == 80);
/// ```

#include <reg/cache.h>
#include <reg/error.h>
#include <reg/fact_test.h>
#include <reg/json.h>
#include <reg/symbol.h>
#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace reg {

/// What a fact is compared with, or that it is asked for its truth, presence or score.
struct FactComparison {
  FactTest test = FactTest::Truth;
  Json value = {};          ///< null also where there is none; a version is its text, without "v"
  bool is_version = false;  ///< a version literal, or of a field of type version
  std::string other = {};   ///< the path of the other fact, where it is compared with one
  friend bool operator==(const FactComparison&, const FactComparison&) = default;
};

/// Where a symbol that reads a fact is declared.
struct FactUsePlace {
  Place place;
  std::string origin = {};  ///< whose publication (remote.h) it is from, and the place there is
  friend bool operator==(const FactUsePlace&, const FactUsePlace&) = default;
};

/// One fact, and who reads it.
struct FactUse {
  Fact fact;                      ///< as it is declared; of type any, where it is not
  bool declared = false;          ///< the registry declares it, or an object that it lies in
  std::optional<Json> base = {};  ///< its value in the base context
  /// Those whose predicates read it, or something in it, or what it lies in. 0: it is declared, and
  /// nobody reads it.
  std::size_t candidates = 0;
  /// Each once, sorted by test and value. Of fields of the candidates: their values there.
  std::vector<FactComparison> comparisons = {};
  bool more_comparisons = false;            ///< there are more than the limit
  std::vector<std::string> by_way_of = {};  ///< the named predicates that are called for it, sorted
  /// Of those candidates, the first ones, as they stand; the workspace's own before others'.
  std::vector<FactUsePlace> places = {};
};

/// The facts of a registry, or of one oid in it.
struct FactUses {
  std::size_t candidates = 0;  ///< that were looked at
  std::vector<FactUse> facts;  ///< by path: those that are declared, and those that are read
};

/// What is not looked at, or left out.
struct FactUseLimits {
  std::size_t candidates = std::numeric_limits<std::size_t>::max();  ///< that are looked at
  std::size_t comparisons = 1000;                                    ///< of one fact
  std::size_t places = 100;                                          ///< of one fact
};

/// What the predicates of a registry's symbols ask of facts, named predicates written out, with the
/// arguments of calls in place of parameters. `oid`: of its implementations alone; empty: of all,
/// in about the time in which they are listed.
/// @throws RegistryNotFound, ObjectNotFound, with the nearest name as a hint; StorageError.
[[nodiscard]] FactUses fact_uses(const Cache& cache, std::string_view registry,
                                 std::string_view oid = {}, FactUseLimits limits = {});

/// The facts that registries declare, and those that their predicates read; by path. Of a fact that
/// several declare, what the first says.
[[nodiscard]] std::vector<Fact> known_facts(const std::vector<RegistryInfo>& registries);

}  // namespace reg
