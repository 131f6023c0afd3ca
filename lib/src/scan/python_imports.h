#pragma once
// Imports of Python.

#include <scan/python_statements.h>

namespace reg {

// import a, b.c as d
void add_import(const PythonTree& tree, PythonTree::Number node, const PythonContext& context,
                PythonStatements& statements);
// from a import b, c as d
void add_import_from(const PythonTree& tree, PythonTree::Number node, const PythonContext& context,
                     PythonStatements& statements);

}  // namespace reg
