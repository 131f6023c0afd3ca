#include <scan/python_context.h>

namespace reg {
namespace {

using Number = PythonTree::Number;
using Kind = PythonKind;

Number inner(const PythonTree& tree, Number node) {
  while (tree.kind(node) == Kind::ParenthesizedExpression && tree.has_children(node))
    node = PythonTree::first(node);
  return node;
}

// __name__ == "__main__", alone or with more that must hold.
bool asks_for_main(const PythonTree& tree, Number condition) {
  condition = inner(tree, condition);
  while (tree.kind(condition) == Kind::BooleanOperator &&
         tree.text_of(condition).starts_with("__name__") && tree.child(condition, Kind::KeywordAnd))
    condition = inner(tree, PythonTree::first(condition));
  if (tree.kind(condition) != Kind::ComparisonOperator || !tree.has_children(condition))
    return false;
  const Number left = PythonTree::first(condition);
  const Number right = tree.next(left);
  if (right >= tree.end(condition) || tree.next(right) != tree.end(condition)) return false;
  const std::uint32_t begin = tree[left].end;
  if (tree.text().substr(begin, tree[right].start - begin).find("==") == std::string_view::npos)
    return false;
  const auto is_name = [&](Number node) { return tree.text_of(node) == "__name__"; };
  const auto is_main = [&](Number node) {
    return tree.text_of(node) == "\"__main__\"" || tree.text_of(node) == "'__main__'";
  };
  return (is_name(left) && is_main(right)) || (is_main(left) && is_name(right));
}

PythonContext guarded(PythonContext context) {
  context.guarded = true;
  return context;
}

PythonContext looped(PythonContext context) {
  context.guarded = context.repeated = true;
  return context;
}

PythonContext in_if(const PythonTree& tree, Number parent, Number child,
                    const PythonContext& around) {
  if (tree[child].field == PythonField::Condition) return around;
  PythonContext context = guarded(around);
  const auto condition = tree.child(parent, PythonField::Condition);
  if (tree[child].field == PythonField::Consequence && condition && asks_for_main(tree, *condition))
    context.script_only = true;
  return context;
}

PythonContext in_loop(const PythonTree& tree, Number child, PythonContext around) {
  switch (tree[child].field) {
    case PythonField::Body:
      return looped(around);
    case PythonField::Alternative:
      return guarded(around);
    case PythonField::Condition:
      around.repeated = true;
      return around;
    default:
      return around;
  }
}

// In a comprehension only what the first `for` goes over is evaluated once.
bool is_first_for(const PythonTree& tree, Number comprehension, Number child) {
  return tree.kind(child) == Kind::ForInClause &&
         tree.next(PythonTree::first(comprehension)) == child;
}

PythonContext in_for_clause(const PythonTree& tree, Number child, const PythonContext& around) {
  return tree[child].field == PythonField::Right ? around : looped(around);
}

// What follows `b if c else …` and `a and …` is evaluated only sometimes.
PythonContext in_choice(const PythonTree& tree, Number parent, Number child,
                        const PythonContext& around) {
  const Number condition = tree.next(PythonTree::first(parent));
  return child == condition ? around : guarded(around);
}

PythonContext in_body(PythonContext around, std::uint32_t body) {
  around.scope = body;
  around.guarded = false;
  return around;
}

}  // namespace

PythonContext context_of_child(const PythonTree& tree, Number parent, Number child,
                               const PythonContext& around, std::uint32_t body) {
  switch (tree.kind(parent)) {
    case Kind::IfStatement:
      return in_if(tree, parent, child, around);
    case Kind::ForStatement:
    case Kind::WhileStatement:
      return in_loop(tree, child, around);
    case Kind::TryStatement:
      return guarded(around);
    case Kind::MatchStatement:
      return tree[child].field == PythonField::Subject ? around : guarded(around);
    case Kind::ConditionalExpression:
      return in_choice(tree, parent, child, around);
    case Kind::BooleanOperator:
      return tree[child].field == PythonField::Right ? guarded(around) : around;
    case Kind::ListComprehension:
    case Kind::SetComprehension:
    case Kind::DictionaryComprehension:
    case Kind::GeneratorExpression:
      return is_first_for(tree, parent, child) ? around : looped(around);
    case Kind::ForInClause:
      return in_for_clause(tree, child, around);
    case Kind::FunctionDefinition:
    case Kind::ClassDefinition:
    case Kind::Lambda:
      return tree[child].field == PythonField::Body ? in_body(around, body) : around;
    default:
      return around;
  }
}

}  // namespace reg
