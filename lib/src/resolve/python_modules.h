#pragma once
// What a Python module offers: the classes and functions that `[[match]]` and ExCore's `match`
// take.

#include <resolve/found.h>
#include <resolve/program.h>
#include <string>
#include <vector>

namespace reg {

// Of the names in `__all__`, or else of those without `_` that are defined in the module's own
// top-level package, the ones that a glob of `include` (empty: all) and none of `exclude` matches.
// Their registries and places are left empty.
std::vector<FoundSymbol> public_symbols(const Program& program, std::size_t module,
                                        const std::vector<std::string>& include,
                                        const std::vector<std::string>& exclude);

// What a message says about a module that is not among the files.
Diagnostic unknown_module(const Program& program, const std::string& name, Position at);

}  // namespace reg
