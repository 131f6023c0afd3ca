#pragma once
// What is to be said of the `[[scan]]`s themselves.

#include <reg/error.h>
#include <update/inputs.h>
#include <cstddef>
#include <vector>

namespace reg {

// An error for each whose language this program was built without, and a warning for each that
// finds nothing: these are the `idle` ones, by number.
std::vector<Diagnostic> check_scans(const Inputs& inputs, const std::vector<std::size_t>& idle);

}  // namespace reg
