#pragma once
// Which facts the predicates of each registry read.

#include <predicate/facts_read.h>
#include <registration/catalog.h>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace reg {

// Sets `reads` of every registry of the catalog, and adds registries that symbols are declared in:
// what the predicates of its symbols, its own `select` and the named predicates that they call
// read, and what those of the registries read that it merges from. These join its `context` with
// their types. Symbols that their `when` leaves out for these facts read nothing.
// Of local sources alone.
void add_reads(std::span<const Source> sources, const Json& facts, Catalog& catalog);
// Adds to these what the predicates read that other origins publish. Where they are merged into a
// registry that declares its facts, these join them, of any type: they change nothing for others.
void add_remote_reads(std::span<const Source> sources, Catalogs& catalogs);

// The same for merges of registries whose own predicates read `paths`: what those of each registry
// read that another one merges from joins that one's paths and context.
using ReadPaths = std::map<std::string, FactPaths, std::less<>>;
struct MergePointer {
  std::string into, from;
};
void join_reads(std::span<const MergePointer> merges, ReadPaths& paths, Catalog& catalog);

// What copied predicates read joins the context of the registry that they are copied into, with the
// types that it has in `from`. A registry that has no context, where `from` declares some of these
// facts, gets one: that, and what its own predicates read. Else the copies would be given facts of
// other types than they are for.
void join_facts(const FactPaths& read, const RegistryInfo& from, const FactPaths& own,
                RegistryInfo& into);

// Whether a declared fact says what may be at that path: it is it, or an object that it lies in.
bool covers(const Fact& declared, std::string_view path);

}  // namespace reg
