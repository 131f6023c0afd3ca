#pragma once
// Declarations as JSON and back, for the sidecar. What was saved is read as nodes (update/saved.h);
// all of it throws NotAsSaved, or PredicateError, where it is not of that form.

#include <manifest/declarations.h>
#include <manifest/node.h>
#include <reg/json.h>

namespace reg {

// Everything but the symbols and what sums them up.
Json declarations_to_json(const Declarations& declarations);
Declarations saved_declarations(const Node& saved);

// Lists that are members of `saved`; one that is not there is empty.
// Symbols, as their lines; the declarations hold the text.
Json lines_to_json(const std::vector<SymbolRecord>& symbols);
std::vector<SymbolRecord> saved_lines(const Node& saved, const char* key,
                                      Declarations& declarations);

Json diagnostics_to_json(const std::vector<Diagnostic>& diagnostics);
std::vector<Diagnostic> saved_diagnostics(const Node& saved, const char* key);

Json positions_to_json(const std::vector<Position>& positions);
std::vector<Position> saved_positions(const Node& saved, const char* key);

}  // namespace reg
