#pragma once
// The JSON shapes of DESIGN's command line, which scripts rely on.

#include <reg/selection.h>
#include <reg/symbol.h>
#include <optional>
#include <string>
#include <vector>

namespace reg::app {

// Appends a symbol: its info has every field of the registry, in the registry's order, null where
// it is not given. A score goes last.
void append_symbol(std::string& out, const Symbol& symbol, const std::vector<Field>& fields,
                   std::optional<double> score);
void append_registry(std::string& out, const RegistryInfo& registry);
// Appends what `select --explain` found.
void append_explanation(std::string& out, const Selection& selection);

}  // namespace reg::app
