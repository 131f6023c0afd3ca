#include <predicate/atoms.h>
#include <predicate/node.h>
#include <predicate/print.h>

namespace reg::ast {
namespace {

bool is_by_order(Operator op) {
  return op == Operator::Less || op == Operator::LessEqual || op == Operator::Greater ||
         op == Operator::GreaterEqual;
}

// A declared value may be the only one of a fact, and then the number does matter; but such facts
// are rare, and a comparison by order says little of them.
void forget_number(Operand& operand) {
  auto* literal = std::get_if<Literal>(&operand);
  if (literal != nullptr && literal->value.is_number()) literal->value = 0;
}

struct AtomText {
  std::vector<std::string>& out;

  void operator()(const Comparison& comparison) const {
    if (!is_by_order(comparison.op)) return add(comparison);
    Comparison general = comparison;
    forget_number(general.left);
    forget_number(general.right);
    add(general);
  }
  void operator()(const Bare& bare) const { add(bare); }
  void operator()(const Presence& presence) const { add(presence); }
  void operator()(const Rank& rank) const {
    if (std::holds_alternative<Path>(rank.score)) add(rank);
  }
  void operator()(const Call& call) const { add(call); }
  void operator()(const Callable&) const {}
  void operator()(const Conjunction&) const {}
  void operator()(const Disjunction&) const {}
  void operator()(const Negation&) const {}

  template <typename Atom>
  void add(Atom atom) const {
    out.push_back(make(Part(std::move(atom))).to_string());
  }
};

}  // namespace

std::vector<std::string> atoms_of(const Predicate& predicate) {
  std::vector<std::string> atoms;
  walk(predicate, [&atoms](const Predicate& part) {
    std::visit(AtomText{atoms}, top_of(part));
    return true;
  });
  return atoms;
}

}  // namespace reg::ast
