#include <scan/python_names.h>

namespace reg {
namespace {

using Number = PythonTree::Number;
using Kind = PythonKind;

bool is_sequence(Kind kind) {
  return kind == Kind::PatternList || kind == Kind::TuplePattern || kind == Kind::ListPattern ||
         kind == Kind::ExpressionList || kind == Kind::Tuple || kind == Kind::List;
}

}  // namespace

Expression PythonNames::value_of(Number node, const PythonContext& context) {
  return values_.read(node, kept_in(statements_.kind_of(context.scope)));
}

void PythonNames::bind(Number name, const PythonContext& context) {
  statements_.add_named(Statement::Kind::Bind, std::string(tree_.text_of(name)), name, context);
}

void PythonNames::bind_all(Number target, Statement::Kind kind, const PythonContext& context) {
  for (Number node = target; node < tree_.end(target);) {
    const bool is_name =
        tree_.kind(node) == Kind::Identifier || tree_.kind(node) == Kind::Attribute;
    if (is_name) {
      std::string name = values_.dotted_name(node);
      if (!name.empty()) statements_.add_named(kind, std::move(name), node, context);
    }
    const bool is_whole =
        is_name || tree_.kind(node) == Kind::Subscript || tree_.kind(node) == Kind::Call;
    node = is_whole ? tree_.next(node) : node + 1;
  }
}

void PythonNames::assignment(Number node, const PythonContext& context) {
  std::vector<Number> targets;
  std::optional<Number> value = node;
  while (value && tree_.kind(*value) == Kind::Assignment) {
    if (const auto left = tree_.child(*value, PythonField::Left)) targets.push_back(*left);
    value = tree_.child(*value, PythonField::Right);
  }
  if (!value) return;  // an annotation only, which binds nothing
  for (const Number target : targets) assign(target, *value, context);
}

std::optional<std::vector<PythonNames::Number>> PythonNames::parts_of(Number node) const {
  node = values_.inner(node);
  if (!is_sequence(tree_.kind(node))) return std::nullopt;
  std::vector<Number> parts;
  bool whole = true;
  tree_.each_child(node, [&](Number part) {
    const Kind kind = tree_.kind(part);
    whole = whole && kind != Kind::ListSplatPattern && kind != Kind::ListSplat;
    parts.push_back(part);
  });
  if (!whole) return std::nullopt;
  return parts;
}

// `(a) = b` is no tuple.
Number PythonNames::without_parentheses(Number target) const {
  while (tree_.kind(target) == Kind::TuplePattern && tree_.has_children(target)) {
    const Number only = PythonTree::first(target);
    const std::uint32_t end = tree_[only].end;
    const std::string_view rest = tree_.text().substr(end, tree_[target].end - end);
    if (tree_.next(only) != tree_.end(target) || rest.find(',') != std::string_view::npos) break;
    target = only;
  }
  return target;
}

void PythonNames::assign(Number target, Number value, const PythonContext& context) {
  target = without_parentheses(target);
  const auto targets = parts_of(target);
  const auto values = targets ? parts_of(value) : std::nullopt;
  if (!values || values->size() != targets->size()) return assign_one(target, value, context);
  if (is_exchange(*targets, *values)) return exchange(*targets, *values, context);
  for (std::size_t part = 0; part < targets->size(); ++part)
    assign_one((*targets)[part], (*values)[part], context);
}

bool PythonNames::is_exchange(const std::vector<Number>& targets,
                              const std::vector<Number>& values) const {
  return std::any_of(values.begin(), values.end(), [&](Number value) {
    const std::string name = values_.dotted_name(values_.inner(value));
    return !name.empty() && std::any_of(targets.begin(), targets.end(), [&](Number target) {
      return values_.dotted_name(target) == name;
    });
  });
}

// All values are there before the first name is bound: `a, b = b, a`. They wait under names that
// none can have.
void PythonNames::exchange(const std::vector<Number>& targets, const std::vector<Number>& values,
                           const PythonContext& context) {
  const auto waiting = [](std::size_t part) { return "_=" + std::to_string(part); };
  for (std::size_t part = 0; part < targets.size(); ++part)
    assign_name(targets[part], values[part], waiting(part), context);
  for (std::size_t part = 0; part < targets.size(); ++part) {
    std::string name = values_.dotted_name(targets[part]);
    if (name.empty()) {
      bind_all(targets[part], Statement::Kind::Bind, context);
      continue;
    }
    Expression& taken =
        statements_.add_named(Statement::Kind::Assign, std::move(name), targets[part], context)
            .value;
    taken.kind = Expression::Kind::Name;
    taken.text = waiting(part);
    taken.at = tree_.position(targets[part]);
  }
}

void PythonNames::assign_one(Number target, Number value, const PythonContext& context) {
  std::string name = values_.dotted_name(target);
  if (name.empty()) return bind_all(target, Statement::Kind::Bind, context);
  if (name == "__all__") return assign_all(target, value, context);
  assign_name(target, value, std::move(name), context);
}

void PythonNames::assign_name(Number target, Number value, std::string name,
                              const PythonContext& context) {
  Expression expression = value_of(value, context);
  if (expression.kind == Expression::Kind::Call) calls_.claim(values_.inner(value));
  statements_.add_named(Statement::Kind::Assign, std::move(name), target, context).value =
      std::move(expression);
}

// `__all__ = a + b` is a, and grows by b.
void PythonNames::assign_all(Number target, Number value, const PythonContext& context) {
  std::vector<Number> added;
  value = values_.inner(value);
  while (is_sum(value)) {
    added.push_back(*tree_.child(value, PythonField::Right));
    value = values_.inner(PythonTree::first(value));
  }
  assign_name(target, value, "__all__", context);
  for (auto each = added.rbegin(); each != added.rend(); ++each)
    extend("__all__", target, *each, context);
}

bool PythonNames::is_sum(Number node) const {
  if (tree_.kind(node) != Kind::BinaryOperator) return false;
  const auto sign = tree_.child(node, PythonField::Operator);
  return sign && tree_.kind(*sign) == Kind::Plus && tree_.child(node, PythonField::Right);
}

void PythonNames::extend(std::string name, Number at, Number value, const PythonContext& context) {
  Expression grown = value_of(value, context);
  statements_.add_named(Statement::Kind::Extend, std::move(name), at, context).value =
      std::move(grown);
}

void PythonNames::augmented_assignment(Number node, const PythonContext& context) {
  const auto target = tree_.child(node, PythonField::Left);
  const auto sign = tree_.child(node, PythonField::Operator);
  const auto value = tree_.child(node, PythonField::Right);
  if (!target || !value) return;
  std::string name = values_.dotted_name(*target);
  if (name.empty()) return;
  if (sign && tree_.kind(*sign) == Kind::PlusEquals)
    return extend(std::move(name), *target, *value, context);
  const Kind joined_by = sign ? tree_.kind(*sign) : Kind::Other;
  if (joined_by == Kind::AndEquals)
    return join(Expression::Kind::And, name, *target, *value, context);
  if (joined_by == Kind::OrEquals)
    return join(Expression::Kind::Or, name, *target, *value, context);
  statements_.add_named(Statement::Kind::Bind, std::move(name), *target, context);
}

void PythonNames::join(Expression::Kind kind, const std::string& name, Number target, Number value,
                       const PythonContext& context) {
  Expression before, joined;
  before.kind = Expression::Kind::Name;
  before.text = name;
  before.at = joined.at = tree_.position(target);
  joined.kind = kind;
  joined.items = {std::move(before), value_of(value, context)};
  statements_.add_named(Statement::Kind::Assign, name, target, context).value = std::move(joined);
}

void PythonNames::walrus(Number node, const PythonContext& context) {
  const auto name = tree_.child(node, PythonField::Name);
  const auto value = tree_.child(node, PythonField::Value);
  if (name && value) assign_name(*name, *value, std::string(tree_.text_of(*name)), context);
}

void PythonNames::for_loop(Number node, PythonContext context) {
  const auto target = tree_.child(node, PythonField::Left);
  context.guarded = context.repeated = true;
  if (target) bind_all(*target, Statement::Kind::Bind, context);
}

void PythonNames::except(Number node, const PythonContext& context) {
  const auto alias = tree_.child(node, PythonField::Alias);
  if (alias) bind_all(*alias, Statement::Kind::Bind, context);
}

// A name alone is bound, one with dots is compared with.
void PythonNames::match_case(Number node, const PythonContext& context) {
  std::vector<Number> parents{node};
  const auto body = tree_.child(node, PythonField::Consequence);
  const Number end = body ? *body : tree_.end(node);
  for (Number each = PythonTree::first(node); each < end; ++each) {
    while (tree_.end(parents.back()) <= each) parents.pop_back();
    const Kind around = tree_.kind(parents.back());
    if (tree_.kind(each) == Kind::DottedName && around != Kind::ClassPattern)
      bind_pattern(each, context);
    if (tree_.kind(each) == Kind::Identifier &&
        (around == Kind::SplatPattern || around == Kind::AsPattern))
      bind(each, context);
    parents.push_back(each);
  }
}

void PythonNames::bind_pattern(Number name, const PythonContext& context) {
  const Number first = PythonTree::first(name);
  if (first < tree_.end(name) && tree_.next(first) == tree_.end(name)) bind(name, context);
}

void PythonNames::type_alias(Number node, const PythonContext& context) {
  const auto left = tree_.child(node, PythonField::Left);
  if (!left) return;
  // The grammar takes `type(x).y = z` for one, too.
  if (tree_.text_of(*left).starts_with('(')) return;
  for (Number each = *left; each < tree_.end(*left); ++each) {
    if (tree_.kind(each) != Kind::Identifier) continue;
    return bind(each, context);
  }
}

}  // namespace reg
