#pragma once
// Uses of macros and calls in C++ that an idiom is meant by, and the values in them.

#include <resolve/resolve.h>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace reg {

// Where an idiom of C++ is used.
struct CppSite {
  std::size_t file = 0;
  const Statement* statement = nullptr;
  const Scan* scan = nullptr;
  const Idiom* idiom = nullptr;
};

// Each place once: of several idioms that are meant there, the first.
std::vector<CppSite> cpp_sites(const ResolveInput& input);

// What a site registers; what it cannot register is reported in `found`, that of its file.
std::optional<FoundSymbol> cpp_symbol(const CppSite& site, Found& found);

}  // namespace reg
