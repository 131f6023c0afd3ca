#pragma once
// All that is known about symbols, as blocks of lines.

#include "../output.h"
#include "style.h"

#include <reg/symbol.h>
#include <string>
#include <vector>

namespace reg::app {

// The predicate that scores a symbol: its own, the registry's, or `yes()`.
std::string scored_by(const Symbol& symbol, const RegistryInfo& registry);

void write_symbol_blocks(Output& out, const Style& style, const std::vector<Symbol>& symbols,
                         const RegistryInfo& registry);

}  // namespace reg::app
