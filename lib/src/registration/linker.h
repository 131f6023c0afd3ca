#pragma once
// Registration over the whole store: from what all sources declare to what is registered.

#include <manifest/declarations.h>
#include <reg/json.h>
#include <registration/catalog.h>
#include <registration/rules.h>
#include <array>
#include <deque>
#include <span>
#include <string>
#include <vector>

namespace reg {

// The outcome. The records point into the sources' texts and into `made`.
struct Linked {
  Catalog catalog;  // with the counts of symbols
  std::vector<SymbolRecord>
      symbols;  // sorted by registry and oid (as escaped text), then registration order
  std::vector<SymbolRecord> left_out;  // declared, and not registered: by `when`
  std::vector<SymbolRecord> dropped;   // likewise: by a directive, or on account of an error
  std::deque<std::string> made;        // lines of copies that a merge made
  std::vector<Diagnostic> diagnostics;
};

// Joins the declarations (catalog.h), checks every symbol against them, evaluates `when` against
// `facts`, and then, over the whole store: force and clear, merge, replaces, unregister, and the
// rules of one oid. The records of `sources[i]` come back with `source == i`. `checked`: what the
// symbols of sources that are `Checked::Before` have been checked against; where the fields are the
// same now they are not checked again.
Linked link(std::span<const Source> sources, const Json& facts, const Catalog& checked = {});

// Whether a symbol's `when` holds. Throws InputError if it calls what is not defined.
bool holds_when(const SymbolRecord& record, const Json& facts, const PredicateSet& predicates);

// Registration order within one oid: by source, symbols before matches before copies, top to
// bottom.
bool registered_before(const SymbolRecord& a, const SymbolRecord& b);

// Sorts by registry and oid (escaped text, bytewise), then registration order.
void sort_records(std::vector<SymbolRecord>& records);

// The first sixteen bytes of a text as numbers that sort as they do; texts with the same ones need
// a full comparison. They make most comparisons of a sort one of registers.
using SortPrefix = std::array<std::uint64_t, 2>;
SortPrefix sort_prefix(std::string_view text);

}  // namespace reg
