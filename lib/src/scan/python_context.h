#pragma once
// In what a piece of Python stands: which scope, and whether and how often it is run.

#include <scan/python_tree.h>
#include <cstdint>

namespace reg {

struct PythonContext {
  std::uint32_t scope = 0;
  bool guarded = false;
  bool repeated = false;
  bool script_only = false;
};

// Of a child of `parent`, which stands in `around`. `body` is the scope that the parent makes,
// where it makes one.
PythonContext context_of_child(const PythonTree& tree, PythonTree::Number parent,
                               PythonTree::Number child, const PythonContext& around,
                               std::uint32_t body);

}  // namespace reg
