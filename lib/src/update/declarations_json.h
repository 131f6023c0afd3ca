#pragma once
// Declarations as JSON and back, for the sidecar.

#include <manifest/declarations.h>
#include <reg/json.h>

namespace reg {

// Everything but the symbols and what sums them up.
Json declarations_to_json(const Declarations& declarations);
// Throws Json::exception or PredicateError where the JSON is not of that form.
Declarations declarations_from_json(const Json& json);

// Symbols, as their lines; the declarations hold the text.
Json lines_to_json(const std::vector<SymbolRecord>& symbols);
std::vector<SymbolRecord> lines_from_json(const Json& json, Declarations& declarations);

Json diagnostics_to_json(const std::vector<Diagnostic>& diagnostics);
std::vector<Diagnostic> diagnostics_from_json(const Json& json);

Json positions_to_json(const std::vector<Position>& positions);
std::vector<Position> positions_from_json(const Json& json);

}  // namespace reg
