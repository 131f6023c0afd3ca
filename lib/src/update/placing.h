#pragma once
// Where findings stand in the texts of their sources.

#include <registration/finding.h>
#include <update/gather.h>
#include <vector>

namespace reg {

// The findings, each at the part that it is about, with the line of the source. Sources are read
// again for that; where one is another by now, a finding stays at its declaration. A content that
// no file has yet is shown to nobody.
std::vector<Diagnostic> placed(std::vector<Finding> findings, const Inputs& inputs,
                               const Gathered& gathered, const Request& request);

}  // namespace reg
