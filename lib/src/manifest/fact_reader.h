#pragma once
// Reads the types of fields, and the facts of a registry's `context`.

#include <manifest/declarations.h>
#include <manifest/element.h>
#include <manifest/problems.h>
#include <optional>
#include <vector>

namespace reg {

// The type that a string names; nothing, and a problem, if it names none.
std::optional<FieldType> read_type(Problems& problems, const Element& value);

// A table of facts and their types, in which a dotted key, or a table in the table, is a path; or
// an array of paths, which may hold anything.
void read_facts(Problems& problems, const Element& context, std::vector<DeclaredFact>& out);

}  // namespace reg
