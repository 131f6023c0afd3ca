#pragma once
// What all sources together declare besides symbols: the registries and the named predicates.

#include <manifest/declarations.h>
#include <reg/predicate.h>
#include <reg/symbol.h>
#include <registration/finding.h>
#include <text/diagnostic.h>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace reg {

// What is known of a source's symbols before they are checked against what is declared.
enum class Checked : std::uint8_t {
  Summed,  // its declarations sum them up: shapes and predicates
  Before,  // they were in order when they came into the old cache, and are if nothing else changed
  Never,   // nothing: each has to be looked at
};

// A source and what it declares; a view.
struct Source {
  std::string_view path;
  const Declarations* declarations = nullptr;
  std::span<const SymbolRecord> symbols;  // in place of the declarations' own
  Checked checked = Checked::Summed;
  // In which it has symbols; empty: its declarations tell.
  std::vector<std::string> registries = {};

  // Whose publication it is; empty: the workspace's own.
  std::string_view origin() const { return origin_of_source(path); }
  bool is_remote() const { return !origin().empty(); }
};

struct Catalog {
  std::map<std::string, RegistryInfo, std::less<>> registries;
  PredicateSet predicates;
  // What is left out because of an error, which is reported at its declaration: named predicates,
  // and the registries whose own `select` is. What needs them is wrong, too.
  std::set<std::string, std::less<>> unusable, without_select;
  // Registries that no local source declares or has symbols in.
  std::set<std::string, std::less<>> foreign;

  // The registry of that name, created if there is none.
  RegistryInfo& registry(std::string_view name);
  friend bool operator==(const Catalog& a, const Catalog& b) {
    return a.registries == b.registries && a.predicates.definitions() == b.predicates.definitions();
  }
};

// What local sources declare, and that with what other origins add to it (origins.h).
struct Catalogs {
  // By the path of a publication: the registries that it names as they are with what was declared
  // before it, and by it. Its symbols are read so; what comes later does not change that.
  using Views = std::map<std::string, Catalog, std::less<>>;

  Catalog all;
  std::optional<Catalog> own;  // not set: it is all
  Views views;

  Catalog& local() { return own ? *own : all; }
  const Catalog& local() const { return own ? *own : all; }
};

// Joins the declarations of all sources, in their order, local ones first. What contradicts an
// earlier declaration, or cannot be used, is left out and reported with both places. `facts` are
// those that `when` is evaluated against.
Catalogs build_catalogs(std::span<const Source> sources, const Json& facts,
                        std::vector<Finding>& findings);

// The registries that a source has symbols in.
std::set<std::string> registries_with_symbols(const Source& source);

Place place_in(const Source& source, Position at);

}  // namespace reg
