#pragma once
// What resolving finds one file to declare, before it is laid out as declarations.

#include <manifest/declarations.h>
#include <manifest/scan_settings.h>
#include <reg/json.h>
#include <algorithm>
#include <set>
#include <string>
#include <vector>

namespace reg {

// All texts are plain, and have not been checked yet: `declare` reports what cannot be.
struct FoundSymbol {
  std::vector<std::string> registries;
  std::string oid;  // empty: follows from the target
  std::string target;
  Json info = Json::object();
  std::string select;  // empty: none
  std::string replaces, doc;
  bool force = false, clear = false;
  Position at;
};

struct FoundRegistry {
  std::string name;
  std::vector<std::string> fields;
  std::string doc;
  Position at;
};

// Seen, and not registrable: where, and why.
struct Seen {
  Position at;
  std::string what;
};

// Of a file's finding, whose path is added later.
Diagnostic warning_at(Position at, std::string message, std::string hint = {});

// White space in the name of a registry that was found in code becomes `_`.
std::string registry_name_of(std::string text);

// Lists are in the order of places, which is that of registration.
struct Found {
  std::vector<FoundRegistry> registries;
  std::vector<FoundSymbol> symbols;
  // Tests of facts that the symbols' predicates call. Several files may declare the same one.
  std::vector<PredicateNamed> predicates;
  std::vector<Merge> merges;
  std::vector<Unregistration> unregistrations;
  std::vector<Diagnostic> diagnostics;  // paths are left empty
  std::vector<Seen> seen;
  // The strictest of the scans that found something here.
  Conflicts conflicts = Conflicts::Warn;
  std::set<const Scan*> scans;  // these, of the input's

  void found_by(const Scan& scan) {
    conflicts = std::max(conflicts, scan.conflicts);
    scans.insert(&scan);
  }
};

}  // namespace reg
