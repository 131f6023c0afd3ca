#pragma once
// Calls of Python that get a statement of their own.

#include <scan/python_statements.h>
#include <scan/python_values.h>
#include <vector>

namespace reg {

// How much is kept of a value, by where it stands.
const KeptOfValue& kept_in(Scope::Kind scope);

class PythonCalls {
 public:
  using Number = PythonTree::Number;

  // All outlive it.
  PythonCalls(const PythonTree& tree, PythonValues& values, PythonStatements& statements)
      : tree_(tree), values_(values), statements_(statements), claimed_(tree.size()) {}

  // It is part of a statement, and so are the calls whose results it calls.
  void claim(Number call);
  void visit(Number call, const PythonContext& context);

 private:
  const PythonTree& tree_;
  PythonValues& values_;
  PythonStatements& statements_;
  std::vector<bool> claimed_;  // calls that need no statement of their own

  Number next_to_the_left(Number call) const;
  void grow(Number call, const PythonContext& context);
  std::optional<Number> only_argument(Number call) const;
};

}  // namespace reg
