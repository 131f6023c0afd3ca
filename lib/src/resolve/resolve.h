#pragma once
// Joins what all files of code say of themselves into what each of them declares. A pure function.

#include <resolve/found.h>
#include <scan/account.h>
#include <scan/words.h>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace reg {

// A file of code that there is.
struct CodeFile {
  std::string path;  // relative to the workspace, with `/`; absolute where the settings say so
  Language language = Language::Python;
  const Account* account = nullptr;  // null: it has not been read
  // By number: which of the scans look for registrations in it. A file may be here for others only,
  // which import from it or match it.
  std::vector<std::size_t> scans;
};

// What can be matched in a shared object.
struct ObjectExports {
  std::vector<std::string> functions;  // sorted
  std::optional<Diagnostic> problem;   // why there are none, without path and place
};

// A `[[match]]` of a manifest or of registry.toml.
struct WantedMatch {
  std::string path;  // of the source that has it
  const Match* match = nullptr;
  const ObjectExports* object = nullptr;  // null: it is one of a Python module
};

struct ResolveInput {
  std::span<const Scan> scans;
  std::span<const CodeFile> files;  // by path
  std::span<const WantedMatch> matches;
  // What manifests declare: fields by registry.
  const std::map<std::string, std::set<std::string>>* fields = nullptr;
  // Named predicates that manifests define, well or not: code declares others only.
  const std::set<std::string>* predicates = nullptr;
};

// A match's symbols, or why there are none.
struct MatchResult {
  std::vector<FoundSymbol> symbols;
  std::vector<Diagnostic> diagnostics;  // at the match, without path
};

struct Resolved {
  std::vector<Found> files;  // of each file
  std::vector<MatchResult> matches;
  std::vector<std::size_t> idle;  // scans that found nothing
  // Files without an account that names lead to: read them, and resolve again. Until there are none
  // the rest is not final.
  std::set<std::size_t> wanted;
};

Resolved resolve(const ResolveInput& input);

// The words that the idioms are written with, and all names that these accounts bind to one of them
// (an alias, a class that derives from one): the least set that is closed under this.
Words words_for(std::span<const Scan> scans, std::span<const CodeFile> files);

}  // namespace reg
