#pragma once
// All that is known about symbols, as blocks of lines.

#include "../output.h"
#include "style.h"

#include <reg/symbol.h>
#include <vector>

namespace reg::app {

void write_symbol_blocks(Output& out, const Style& style, const std::vector<Symbol>& symbols,
                         const RegistryInfo& registry);

}  // namespace reg::app
