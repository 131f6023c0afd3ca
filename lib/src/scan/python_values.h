#pragma once
// Expressions of Python, as accounts hold them.

#include <scan/account.h>
#include <scan/python_tree.h>
#include <scan/words.h>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace reg {

// How much of a value is kept; what is more is `Other`.
struct KeptOfValue {
  std::size_t text;      // bytes
  std::size_t elements;  // of a list
  std::size_t depth;     // levels below the value
  bool tables;
};

// Of calls with one of the words, wherever they stand.
inline constexpr KeptOfValue kept_of_registration{64 * 1024, 4096, 200, true};

class PythonValues {
 public:
  using Number = PythonTree::Number;

  // Both outlive it.
  PythonValues(const PythonTree& tree, const Words& words);

  Expression read(Number node, const KeptOfValue& kept);
  // The arguments of a call, or the bases and keywords of a class.
  std::vector<Argument> read_arguments(Number list, const KeptOfValue& kept);

  // Without the parentheses around it.
  Number inner(Number node) const;
  // "a.b.C"; empty: it is no dotted name.
  std::string dotted_name(Number node) const;
  // Of `a.b.f` and of `g().f` it is `f`; empty: it has none.
  std::string_view last_name(Number node) const;
  // What is called first by `f(x)(y)`, which is f.
  Number innermost_callee(Number call) const;
  // Whether that has one of the words as its last name, or is given something that has.
  bool has_word(Number call) const;
  // The text of a literal, or of several in a row; nullopt: it is none, or bytes, or formatted, or
  // longer than so many bytes.
  std::optional<std::string> text_of(Number node, std::size_t longest) const;

  // Where it had to stop because expressions within expressions were more than a file of this size
  // can reasonably have.
  const std::optional<Position>& exhausted_at() const { return exhausted_at_; }

 private:
  const PythonTree& tree_;
  const Words& words_;
  std::size_t left_;  // how many expressions may still be made
  std::optional<Position> exhausted_at_;

  bool is_given_word(Number call) const;
  Expression read(Number node, const KeptOfValue& kept, std::size_t depth);
  void fill(Expression& out, Number node, const KeptOfValue& kept, std::size_t depth);
  void fill_call(Expression& out, Number node, const KeptOfValue& kept, std::size_t depth);
  void fill_list(Expression& out, Number node, const KeptOfValue& kept, std::size_t depth);
  void fill_table(Expression& out, Number node, const KeptOfValue& kept, std::size_t depth);
  void fill_unary(Expression& out, Number node, const KeptOfValue& kept, std::size_t depth);
  void fill_not(Expression& out, Number argument, const KeptOfValue& kept, std::size_t depth);
  void fill_binary(Expression& out, Number node, const KeptOfValue& kept, std::size_t depth);
  void fill_other(Expression& out, Number node) const;
  std::vector<Argument> read_arguments(Number list, const KeptOfValue& kept, std::size_t depth);
  std::optional<Json> literal(Number node, std::size_t longest) const;
  std::optional<std::string> text_of_one(Number string) const;
};

}  // namespace reg
