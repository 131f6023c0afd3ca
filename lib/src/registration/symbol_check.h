#pragma once
// Checks of single symbols against what is declared.

#include <registration/catalog.h>
#include <string_view>
#include <vector>

namespace reg {

// Whether every symbol of the source is in order, told from its summary (shapes and uses) alone.
bool passes_quickly(const Source& source, const Catalog& catalog, const Catalog& checked);

// All that is wrong with one symbol: fields that its registry does not declare, values of another
// type, calls of undefined predicates.
std::vector<Diagnostic> check_symbol(const Source& source, const SymbolRecord& record,
                                     const Catalog& catalog);

// The same for its info alone.
void check_info(const Place& place, const Json& info, const RegistryInfo& registry,
                std::vector<Diagnostic>& problems);

}  // namespace reg
