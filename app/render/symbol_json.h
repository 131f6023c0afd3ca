#pragma once
// The JSON shapes of DESIGN's command line, which scripts rely on.

#include <reg/selection.h>
#include <reg/symbol.h>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace reg::app {

// The names of a registry's fields as they stand in JSON text, without the quotes; in its order.
std::vector<std::string> escaped_names(const std::vector<Field>& fields);

// Appends a symbol: its info has every field of the registry, in the registry's order, null where
// it is not given. A score goes last. What the symbol holds must be UTF-8, as what comes from a
// cache is.
void append_symbol(std::string& out, const Symbol& symbol, const std::vector<std::string>& fields,
                   std::optional<double> score);
// Appends the same of a symbol's line in a cache, copied rather than read. False: nothing was
// appended, because there is more in the line than plain text and scalars.
bool append_plain_line(std::string& out, std::string_view line,
                       const std::vector<std::string>& fields);
void append_registry(std::string& out, const RegistryInfo& registry);
// Appends what `select --explain` found.
void append_explanation(std::string& out, const Selection& selection);

}  // namespace reg::app
