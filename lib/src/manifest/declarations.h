#pragma once
// What one source declares: the value that extractors return and that registration works on.
//
// Symbols are many (a million must fit into a few hundred MiB), so each is kept as the line that
// the cache will hold for it, laid out once by the extractor and possibly on another thread, plus a
// small fixed-size record. Everything else is few and is kept as plain structs.

#include <predicate/origin.h>
#include <reg/error.h>
#include <reg/predicate.h>
#include <reg/symbol.h>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace reg {

// Line and column (from 1; 0: unknown) inside a source whose path is known from elsewhere.
struct Position {
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  friend auto operator<=>(const Position&, const Position&) = default;
};

struct DeclaredField {
  Field field;
  Position at;
};

struct DeclaredFact {
  Fact fact;
  Position at;
};

struct RegistryDeclaration {
  std::string name;
  Position at;
  std::string doc;
  std::vector<DeclaredField> fields;
  std::vector<DeclaredFact> context;
  std::optional<std::string> select;  // canonical text
  Position select_at;
  bool select_failed = false;  // there is one, which does not parse
};

struct PredicateNamed {
  std::string name;
  Position at;
  PredicateDefinition definition;
};

struct Unregistration {
  std::string registry, oid, target;
  Position at;
};

struct Merge {
  std::string into;
  std::vector<std::string> from;
  bool force = false;
  Position at;
};

struct PinDeclaration {
  std::string registry;
  Pin pin;
  Position at;
};

// ExCore's match, carried out by the extractor of the module it names.
struct Match {
  std::string registry, from;
  std::vector<std::string> include, exclude;
  Position at;
};

// The names and types of a symbol's info. Symbols of one shape are checked against their registry
// once.
struct InfoShape {
  std::string registry;
  // Sorted by name; FieldType::Any for null, and Version for strings that read as one.
  std::vector<std::pair<std::string, FieldType>> fields;
  std::size_t first_symbol = 0;  // index into Declarations::symbols
};

// What the predicates of a registry's symbols in one source have in them, for each `when` apart:
// what it leaves out brings no facts.
struct PredicateSummary {
  static constexpr std::size_t most_atoms = 4096;

  std::string registry;
  std::string when;             // canonical text; empty: they have none
  std::set<std::string> facts;  // that they read, as they name them
  std::set<std::string> calls;  // named predicates
  std::set<std::string> atoms;  // predicate/atoms.h
  bool complete = true;         // false: there are too many atoms, and they are not here
};

// Whether that is a place in an object file, which has no lines.
inline bool is_in_object(Position at) { return at.line == 0 && at.column != 0; }

// A number in a symbol's info that is another version as it is written (2.10) than by its value. Of
// those in one list, the first.
struct WrittenNumber {
  Position symbol;
  std::vector<std::string> path;  // the field, and the keys of objects in it
  std::string text;
  bool in_list = false;  // it is an element of what stands there
};

// One declared symbol. The string views point into `Declarations::text`.
struct SymbolRecord {
  std::string_view
      line;  // the cache line: `{"registry":…}`, without comma and newline (see manifest/line.h)
  std::string_view
      registry;  // escaped JSON text inside `line`, without quotes; likewise the next two
  std::string_view oid;
  std::string_view target;
  Position at;
  std::uint32_t source = 0;  // index into the caller's list of sources; extractors leave it 0
  bool copied = false;       // a merge made it
  bool conditional = false;  // it has a select of its own
  bool has_when = false;     // it is registered only if its `when` holds
  bool acts = false;         // it has force, clear or replaces: it acts on what others declare
};

struct Declarations {
  std::vector<RegistryDeclaration> registries;
  std::vector<PredicateNamed> predicates;
  std::set<std::string> failed_predicates;  // names whose definition is wrong
  std::vector<SymbolRecord> symbols;        // top to bottom
  std::vector<InfoShape> shapes;
  std::vector<PredicateSummary> summaries;
  std::vector<WrittenNumber> written;
  std::set<std::string> when_facts, when_calls;  // what `when`s read and call, as they name it
  std::set<std::string> mentioned;  // registries of abstract symbols, which are not declared here
  std::vector<Unregistration> unregistrations;
  std::vector<Match> matches;
  std::vector<Merge> merges;
  std::vector<PinDeclaration> pins;
  std::vector<Diagnostic> diagnostics;
  std::vector<Diagnostic> seen;  // in code: looks like a registration, and cannot be one here
  // Where one of its symbols conflicts with one of another such source, the first stays, and that
  // is no error.
  bool lenient = false;
  std::unique_ptr<std::string> text =
      std::make_unique<std::string>();  // what the records point into; never moves
  std::deque<std::string> kept_lines;   // or these, if they were read back from a sidecar

  bool failed() const;
};

// Where the workspace keeps what others publish, one file for each origin.
inline constexpr std::string_view remote_folder = ".reg/remote";
// Whose publication a source is, told from its path (`.reg/remote/ORIGIN.reg.json`); empty: the
// workspace's own.
std::string_view origin_of_source(std::string_view path);

}  // namespace reg
