#pragma once
// What the parameters of named predicates stand for.

#include <predicate/node.h>
#include <string>

namespace reg::ast {

// The call whose expression is being evaluated, and the call that it stands in (null: the predicate
// itself). The parameters of its definition stand for its arguments, which are paths and literals
// of the caller.
struct Frame {
  const Call& call;
  const PredicateDefinition& definition;
  const Frame* caller;

  // The argument that a path's first key stands for, or null if it is no parameter.
  const Operand* argument(const std::string& key) const;
};

// The argument that a path begins with, or null: it does not begin with a parameter.
inline const Operand* argument_of(const Path& path, const Frame* frame) {
  if (frame == nullptr || path.scope == Scope::Self) return nullptr;
  return frame->argument(path.keys.front());
}

}  // namespace reg::ast
