#pragma once
// Declarations as JSON and back, for the sidecar.

#include <manifest/declarations.h>
#include <reg/json.h>

namespace reg {

// Everything but the diagnostics and the shapes. Symbols are kept as their lines.
Json declarations_to_json(const Declarations& declarations);
// Throws Json::exception or PredicateError where the JSON is not of that form.
Declarations declarations_from_json(const Json& json);

}  // namespace reg
