#pragma once
// Registration over the whole store: from what all sources declare to what is registered.

#include <manifest/declarations.h>
#include <reg/json.h>
#include <registration/catalog.h>
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
  std::deque<std::string> made;       // lines of copies that a merge made
  std::vector<Diagnostic> diagnostics;
};

// Joins the declarations (catalog.h), checks every symbol against them, evaluates `when` against
// `facts`, settles the registries (settling.h), those that one merges from before it, and applies
// the rules of one oid (rules.h). A source's symbols are in the order in which it declares them.
// The records of `sources[i]` come back with `source == i`. `checked`: what the symbols of sources
// that are `Checked::Before` have been checked against; where the fields are the same now they are
// not checked again.
Linked link(std::span<const Source> sources, const Json& facts, const Catalog& checked = {});

// Whether a symbol's `when` holds. Throws InputError if it calls what is not defined.
bool holds_when(const SymbolRecord& record, const Json& facts, const PredicateSet& predicates);

}  // namespace reg
