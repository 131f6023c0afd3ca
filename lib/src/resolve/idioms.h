#pragma once
// The idioms of each kind. Each adds what it finds to the `Found` of the file that it stands in;
// `found[i]` is of `input.files[i]`, and is put in order of place afterwards.

#include <resolve/program.h>
#include <resolve/resolve.h>
#include <span>
#include <vector>

namespace reg {

// Definitions of registries, decorators, calls and classes in Python.
void find_python(const ResolveInput& input, const Program& program, std::vector<Found>& found);
// Classes as logilab's `register_all` and `registration_callback` take them.
void find_logilab(const ResolveInput& input, const Program& program, std::vector<Found>& found);
// Macros and calls in C++, and plugin descriptions: a macro for a class that one describes gives
// the place, the description oid and library.
void find_cpp(const ResolveInput& input, std::vector<Found>& found);
void find_entry_points(const ResolveInput& input, std::vector<Found>& found);

}  // namespace reg
