#pragma once
// Lays out what was found in code as declarations.

#include <manifest/declarations.h>
#include <resolve/found.h>
#include <string>

namespace reg {

// A name or predicate that cannot be used is no error: code has other rules. What has one is seen,
// and not declared.
Declarations declare(const Found& found, const std::string& path);
// Appends symbols to what a source declares, in the order of their places.
void declare_more(const std::vector<FoundSymbol>& symbols, const std::string& path,
                  Declarations& declarations);

}  // namespace reg
