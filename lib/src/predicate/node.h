#pragma once
// The tree behind a `Predicate`. Trees are canonical: a conjunction never holds a conjunction, a
// disjunction never a disjunction, and both have two parts or more, so that equal predicates have
// equal trees and equal text.

#include <reg/predicate.h>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace reg::ast {

enum class Scope : std::uint8_t { Context, Self };

// `a.b` in the context, or `self.a.b` in the candidate's info; the keys without the `self`, and
// without the back-ticks that some are written in.
struct Path {
  Scope scope = Scope::Context;
  std::vector<std::string> keys;
  friend bool operator==(const Path&, const Path&) = default;
};

// A version is held as a binary value, the one type of Json that no JSON text can give: literals,
// lists of them and facts are then all Json, and are compared by the same functions. The bytes are
// the text without its "v". Numbers that keep their text are binary too, with a subtype
// (text/kept_number.h).
struct Literal {
  Json value;
  // Equal literals print alike: 1 is not 1.0 here.
  friend bool operator==(const Literal& a, const Literal& b);
};

Json make_version(std::string_view without_v);
inline bool is_version(const Json& value) {
  const auto* bytes = value.get_ptr<const Json::binary_t*>();
  return bytes != nullptr && !bytes->has_subtype();
}

using Operand = std::variant<Path, Literal>;

enum class Operator : std::uint8_t {
  Equal,
  NotEqual,
  Less,
  LessEqual,
  Greater,
  GreaterEqual,
  In,
  Glob
};
std::string_view to_string(Operator op);

struct Conjunction {
  std::vector<Predicate> parts;
  friend bool operator==(const Conjunction&, const Conjunction&) = default;
};
struct Disjunction {
  std::vector<Predicate> parts;
  friend bool operator==(const Disjunction&, const Disjunction&) = default;
};
struct Negation {
  Predicate part;
  friend bool operator==(const Negation&, const Negation&) = default;
};
// An operand alone, asked for its truth.
struct Bare {
  Operand operand;
  friend bool operator==(const Bare&, const Bare&) = default;
};
struct Comparison {
  Operand left;
  Operator op;
  Operand right;
  friend bool operator==(const Comparison&, const Comparison&) = default;
};
// has(path)
struct Presence {
  Path path;
  friend bool operator==(const Presence&, const Presence&) = default;
};
// yes(score): a number or a path.
struct Rank {
  Operand score;
  friend bool operator==(const Rank&, const Rank&) = default;
};
// A call of a named predicate. Where it stood in its text is no part of what it is.
struct Call {
  std::string name;
  std::vector<Operand> arguments;
  std::size_t offset = 0;
  friend bool operator==(const Call& a, const Call& b) {
    return a.name == b.name && a.arguments == b.arguments;
  }
};
// A C++ callable.
struct Callable {
  std::string name;
  std::shared_ptr<const Predicate::Function> function;
  friend bool operator==(const Callable& a, const Callable& b) { return a.function == b.function; }
};

using Part = std::variant<Conjunction, Disjunction, Negation, Bare, Comparison, Presence, Rank,
                          Call, Callable>;

// What a predicate is at its top.
const Part& top_of(const Predicate& predicate);

// A predicate of one part. Throws InputError if it nests deeper than `Predicate::max_depth`.
Predicate make(Part part);
// `a & b` and `a | b` of any number of predicates, flattened.
template <typename Joined>
Predicate join(std::vector<Predicate> predicates);

// The operands of `&`, `|` and `~`; of anything else, none.
std::span<const Predicate> parts_of(const Predicate& predicate);

// Calls `visit` with every part, the whole first, in the order of the text, until it returns false.
template <typename Visit>
bool walk(const Predicate& predicate, Visit&& visit) {
  if (!visit(predicate)) return false;
  for (const Predicate& part : parts_of(predicate)) {
    if (!walk(part, visit)) return false;
  }
  return true;
}

// As `walk`, with the parts before the whole.
template <typename Visit>
bool walk_inside_out(const Predicate& predicate, Visit&& visit) {
  for (const Predicate& part : parts_of(predicate)) {
    if (!walk_inside_out(part, visit)) return false;
  }
  return visit(predicate);
}

// Calls `visit` with every path in a predicate, in the order of the text.
void each_path(const Predicate& predicate, const std::function<void(const Path& path)>& visit);

// The predicate with what each of its paths becomes.
Predicate with_paths(const Predicate& predicate,
                     const std::function<Path(const Path& path)>& become);

}  // namespace reg::ast

namespace reg {

struct Predicate::Node {
  Node(ast::Part&& the_part, std::size_t the_depth) : part(std::move(the_part)), depth(the_depth) {}

  ast::Part part;
  // The nesting of its canonical text, counted as the parser does: parentheses, `~` and lists.
  std::size_t depth;
};

// How the library sees the tree.
struct InsidePredicate {
  using Node = Predicate::Node;
  static const Node& of(const Predicate& predicate) { return *predicate.root_; }
  static Predicate make(Node&& root) {
    return Predicate(std::make_shared<const Node>(std::move(root)));
  }
};

inline const ast::Part& ast::top_of(const Predicate& predicate) {
  return InsidePredicate::of(predicate).part;
}

}  // namespace reg
