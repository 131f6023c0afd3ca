#pragma once
// What code declares, as part of what is gathered.

#include <update/gather.h>
#include <update/inputs.h>
#include <update/plan.h>
#include <update/request.h>

namespace reg {

// Adds what files of code declare to what was gathered of manifests, and to these what they match
// in code. Where nothing changed that it follows from, everything is as it is known.
void gather_code(const Inputs& inputs, const Plan& plan, const Request& request,
                 Gathered& gathered);

}  // namespace reg
