#pragma once
// What the cache's sidecar says of what sources declare besides the symbols in the cache.

#include <reg/cache.h>
#include <update/state.h>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace reg::linting {

// Where a registry and what belongs to it are declared first.
struct RegistryPlaces {
  Place registry;
  std::optional<Place> select;
  std::map<std::string, Place, std::less<>> fields, facts;
};

class Declared {
 public:
  // nullopt: there is no sidecar of this very cache.
  static std::optional<Declared> of(const Cache& cache);

  // Null: no source declares it.
  const RegistryPlaces* registry(std::string_view name) const;
  const Place* predicate(std::string_view name) const;
  const KnownSource* source(std::string_view path) const;
  // How many calls there are of each named predicate by symbols and `when`s, also of symbols that
  // are not in the cache: one for each source, registry and `when`.
  const std::map<std::string, std::size_t>& calls() const { return calls_; }
  // Calls `visit` with every symbol's line of a registry (escaped name) that its `when`, or what
  // others declare, leaves out of the cache.
  void each_left_out(std::string_view registry,
                     const std::function<void(std::string_view line)>& visit) const;

 private:
  explicit Declared(State state);
  void add(const KnownSource& source);
  void add(const std::string& path, const RegistryDeclaration& declared);

  State state_;
  std::map<std::string, RegistryPlaces, std::less<>> registries_;
  std::map<std::string, Place, std::less<>> predicates_;
  std::map<std::string, std::size_t> calls_;
};

}  // namespace reg::linting
