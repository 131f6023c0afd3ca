#include <reg/reasoning.h>

namespace reg {

Contest contest_of(const Cache& cache, std::string_view registry, std::string_view oid) {
  Contest contest{cache.require_registry(registry), std::string(oid),
                  cache.require_implementations(registry, oid), cache.predicates(),
                  cache.base_context()};
  return contest;
}

}  // namespace reg
