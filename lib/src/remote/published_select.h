#pragma once
// The predicates of what is published: without named predicates, which are each workspace's own.

#include <reg/predicate.h>
#include <reg/symbol.h>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace reg {

class PublishedSelects {
 public:
  explicit PublishedSelects(PredicateSet named) : named_(std::move(named)) {}

  // The text that scores a symbol of that registry with that info (JSON text; empty: none) as
  // `select` does here. Throws InputError if there is none.
  const std::string& of(const std::string& select, std::string_view info,
                        const RegistryInfo& registry);

 private:
  struct Known {
    Predicate predicate;
    bool calls = false;
  };

  PredicateSet named_;
  std::unordered_map<std::string, Known> known_;
  std::string written_;
};

}  // namespace reg
