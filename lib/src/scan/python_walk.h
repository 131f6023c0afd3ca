#pragma once
// The statements of a Python file: one pass over its tree.

#include <scan/account.h>
#include <scan/python_tree.h>
#include <scan/words.h>

namespace reg {

Account walk_python(const PythonTree& tree, const Words& words);

}  // namespace reg
