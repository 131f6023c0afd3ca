#pragma once
// What is not read of a Python file, for it does not parse.

#include <scan/python_tree.h>
#include <optional>

namespace reg {

// `around` is the node that it stands in.
bool is_unreadable(const PythonTree& tree, PythonTree::Number node,
                   std::optional<PythonTree::Number> around);

}  // namespace reg
