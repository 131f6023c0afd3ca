#pragma once
// What is wrong with the facts of `--define`.

#include <registration/finding.h>
#include <update/gather.h>
#include <update/inputs.h>
#include <vector>

namespace reg {

// Warnings of facts that no `when` reads and [facts] does not have, named almost as one that does
// stand there, or is read and given. One that is read and not given is for its `when` to say.
// `named` are the workspace's predicates.
std::vector<Finding> check_define(const Inputs& inputs, const Gathered& gathered,
                                  const PredicateSet& named);

}  // namespace reg
