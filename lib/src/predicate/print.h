#pragma once
// The canonical text of predicates and their operands: no parenthesis that is not needed, strings
// in double quotes.

#include <predicate/node.h>
#include <string>

namespace reg::ast {

void print(std::string& out, const Predicate& predicate);
void print(std::string& out, const Operand& operand);

// A literal as it stands in a predicate. Objects, which only facts can be, are printed as JSON.
std::string printed(const Json& literal);
// `a.b`, or `self.a.b`.
std::string printed(const Path& path);
std::string printed(const Operand& operand);

}  // namespace reg::ast
