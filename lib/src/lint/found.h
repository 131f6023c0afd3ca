#pragma once
// A finding on its way to the report.

#include <manifest/locate.h>
#include <reg/lint.h>
#include <optional>
#include <string>
#include <vector>

namespace reg::linting {

struct Found {
  LintFinding finding;                       // its place is that of a declaration
  std::optional<DeclarationPart> part = {};  // of what is declared there
  bool copied = false;                       // it is about the copy that a merge made
};

using AllFound = std::vector<Found>;

// A symbol as messages name it: `"libgemm.so:make" of Kernel/gemm`.
std::string name_of(const Symbol& symbol);
// A finding about a symbol, at its declaration.
Found about(const char* code, const Symbol& symbol, std::string message);
// One about something that a registry declares, or its predicates read.
Found about(const char* code, const std::string& registry, const std::string& subject, Place place,
            std::string message);

}  // namespace reg::linting
