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

// What is known of a source's symbols before they are checked against what is declared.
enum class Checked : std::uint8_t {
  Summed,  // its declarations sum them up: shapes and uses
  Before,  // they were in order when they came into the old cache, and are if nothing else changed
  Never,   // nothing: each has to be looked at
};

// A source and what it declares; a view.
struct Source {
  std::string_view path;
  const Declarations* declarations = nullptr;
  std::span<const SymbolRecord> symbols;  // in place of the declarations' own
  Checked checked = Checked::Summed;
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
// or cannot be used, is left out and reported with both places. `facts` are those that `when` is
// evaluated against.
Catalog build_catalog(std::span<const Source> sources, const Json& facts,
                      std::vector<Diagnostic>& diagnostics);

Place place_in(const Source& source, Position at);
Diagnostic error_at(Place place, std::string message, std::string hint = {},
                    std::string excerpt = {});
Diagnostic warning_at(Place place, std::string message, std::string hint = {});
// `call`, found in `text`, cannot be carried out: `problem` with the place and a caret.
Diagnostic error_in_predicate(Place place, const Diagnostic& problem, const std::string& text,
                              std::size_t offset);

}  // namespace reg
