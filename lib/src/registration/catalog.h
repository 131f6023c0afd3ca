#pragma once
// What all sources together declare besides symbols: the registries and the named predicates.

#include <manifest/declarations.h>
#include <reg/predicate.h>
#include <reg/symbol.h>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace reg {

// A source and what it declares.
struct Source {
  std::string path;
  Declarations declarations;
};

struct Catalog {
  std::map<std::string, RegistryInfo, std::less<>> registries;
  PredicateSet predicates;

  // The registry of that name, created if there is none.
  RegistryInfo& registry(std::string_view name);
  friend bool operator==(const Catalog& a, const Catalog& b) {
    return a.registries == b.registries && a.predicates.definitions() == b.predicates.definitions();
  }
};

// Joins the declarations of all sources, in their order. What contradicts an earlier declaration,
// or cannot be used, is left out and reported with both places.
Catalog build_catalog(std::span<const Source> sources, std::vector<Diagnostic>& diagnostics);

Place place_in(const Source& source, Position at);
Diagnostic error_at(Place place, std::string message, std::string hint = {},
                    std::string excerpt = {});
Diagnostic warning_at(Place place, std::string message, std::string hint = {});
// `call`, found in `text`, cannot be carried out: `problem` with the place and a caret.
Diagnostic error_in_predicate(Place place, const Diagnostic& problem, const std::string& text,
                              std::size_t offset);

}  // namespace reg
