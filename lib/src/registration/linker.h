#pragma once
// Registration over the whole store: from what all sources declare to what is registered.

#include <manifest/declarations.h>
#include <reg/json.h>
#include <registration/catalog.h>
#include <registration/finding.h>
#include <deque>
#include <span>
#include <string>
#include <vector>

namespace reg {

// The outcome. The records point into the sources' texts and into `made`.
struct Linked {
  Catalog catalog;  // with the counts of symbols
  // Sorted by registry and oid (as escaped text), and settled within an oid.
  std::vector<SymbolRecord> symbols;
  std::vector<SymbolRecord> left_out;  // declared, and not registered: by `when`
  std::vector<SymbolRecord> dropped;  // likewise: by what others declare, or on account of an error
  std::deque<std::string> made;       // lines of copies, and those in which versions became texts
  std::vector<Finding> findings;
};

// Joins the declarations (catalog.h), checks every symbol against them, evaluates `when` against
// `facts`, settles the registries (settling.h), those that one merges from before it, and applies
// the rules of one oid (rules.h). A source's symbols are in the order in which it declares them.
// The records of `sources[i]` come back with `source == i`. `checked`: what the symbols of sources
// that are `Checked::Before` have been checked against; where that is the same now they are not
// checked again.
//
// What others publish (DESIGN §14) changes nothing of local symbols: these are checked against, and
// merged by, what local sources declare; `force`, `clear` and `replaces` act among them alone.
// Under one oid local symbols come first, then those of each origin, and the rules of one oid hold
// within each. `unregister` and merges reach all; a symbol of a registry whose `select` is declared
// here and that has none of its own gets it, whoever published it. What is wrong with what others
// publish is left out with a warning.
Linked link(std::span<const Source> sources, const Json& facts, const Catalogs& checked = {});

}  // namespace reg
