#pragma once
// The account of a Python file while it is written.

#include <scan/account.h>
#include <scan/python_context.h>
#include <scan/python_tree.h>
#include <scan/words.h>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace reg {

class PythonStatements {
 public:
  using Number = PythonTree::Number;

  // Both outlive it.
  PythonStatements(const PythonTree& tree, const Words& words);

  // A statement that stands at a node.
  Statement& add(Statement::Kind kind, Number at, const PythonContext& context);
  // One that binds a name, or a dotted one.
  Statement& add_named(Statement::Kind kind, std::string name, Number at,
                       const PythonContext& context);
  std::uint32_t add_scope(Scope::Kind kind, std::string name, std::uint32_t parent);
  // `global` and `nonlocal`: in that function the name is one of another scope.
  void bind_elsewhere(std::uint32_t function, std::string name, std::uint32_t scope);
  void report(const Position& at, std::string message);
  // In values that are read in another scope than the one they are written in, a function's own
  // name `x` is `<x>`, which nothing binds.
  Account take();

  Scope::Kind kind_of(std::uint32_t scope) const { return account_.scopes[scope].kind; }
  // The function or module around a function, as names are looked up.
  std::uint32_t function_around(std::uint32_t scope) const;
  // Whether it, or a function around, has one of the words for its name.
  bool stands_in_word(std::uint32_t scope) const { return stands_in_word_[scope]; }

 private:
  const PythonTree& tree_;
  const Words& words_;
  Account account_;
  std::vector<bool> stands_in_word_;  // by scope
  // By function, the scope that a name is bound in.
  std::map<std::uint32_t, std::map<std::string, std::uint32_t, std::less<>>> elsewhere_;

  // Statements that bind a name of another scope than the one they stand in.
  struct Moved {
    std::size_t statement;
    std::uint32_t from;
  };
  std::vector<Moved> moved_;

  using BoundNames = std::set<std::pair<std::uint32_t, std::string>>;  // by scope
  BoundNames bound_names() const;
  void mark_locals(Expression& value, std::uint32_t from, std::uint32_t to,
                   const BoundNames& bound) const;
  std::optional<std::uint32_t> scope_elsewhere(std::uint32_t scope, std::string_view name) const;
};

}  // namespace reg
