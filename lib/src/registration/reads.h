#pragma once
// Which facts the predicates of each registry read.

#include <registration/catalog.h>
#include <span>

namespace reg {

// Sets `reads` of every registry of the catalog, and adds registries that symbols are declared in:
// what the predicates of its symbols, its own `select` and the named predicates that they call
// read, and what those of the registries read that it merges from. These join its `context`, where
// it has one, with their types. Symbols that their `when` leaves out for these facts read nothing.
void add_reads(std::span<const Source> sources, const Json& facts, Catalog& catalog);

// Whether a declared fact says what may be at that path: it is it, or an object that it lies in.
bool covers(const Fact& declared, std::string_view path);

}  // namespace reg
