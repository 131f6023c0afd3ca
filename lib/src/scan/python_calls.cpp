#include <scan/python_calls.h>

namespace reg {
namespace {

using Number = PythonTree::Number;
using Kind = PythonKind;

constexpr KeptOfValue kept_in_module{1024, 4096, 200, false};
constexpr KeptOfValue kept_in_class{1024, 4096, 200, true};
constexpr KeptOfValue kept_in_function{1024, 64, 4, false};

Expression list_of(Expression item) {
  Expression list;
  list.kind = Expression::Kind::List;
  list.at = item.at;
  list.items.push_back(std::move(item));
  return list;
}

}  // namespace

const KeptOfValue& kept_in(Scope::Kind scope) {
  switch (scope) {
    case Scope::Kind::Module:
      return kept_in_module;
    case Scope::Kind::Class:
      return kept_in_class;
    default:
      return kept_in_function;
  }
}

void PythonCalls::claim(Number call) {
  while (tree_.kind(call) == Kind::Call && tree_.has_children(call)) {
    claimed_[call] = true;
    call = values_.inner(PythonTree::first(call));
  }
}

void PythonCalls::visit(Number node, const PythonContext& context) {
  if (!claimed_[node]) grow(node, context);
  if (claimed_[node]) return;
  // `a.f(x).g(y)` calls f first, though g is found first.
  const bool is_wanted = statements_.stands_in_word(context.scope);
  std::vector<Number> calls;
  for (Number call = node; tree_.kind(call) == Kind::Call; call = next_to_the_left(call)) {
    if (claimed_[call]) break;
    if (is_wanted || values_.has_word(call)) calls.push_back(call);
    claim(call);
  }
  for (auto call = calls.rbegin(); call != calls.rend(); ++call)
    statements_.add(Statement::Kind::Call, *call, context).value =
        values_.read(*call, kept_of_registration);
}

// The call that the callee of this one begins with, if it does.
PythonCalls::Number PythonCalls::next_to_the_left(Number call) const {
  Number node = values_.innermost_callee(call);
  while (tree_.has_children(node) &&
         (tree_.kind(node) == Kind::Attribute || tree_.kind(node) == Kind::Subscript))
    node = values_.inner(PythonTree::first(node));
  return node;
}

std::optional<PythonCalls::Number> PythonCalls::only_argument(Number call) const {
  const auto arguments = tree_.child(call, PythonField::Arguments);
  if (!arguments || tree_.kind(*arguments) != Kind::ArgumentList) return arguments;
  if (!tree_.has_children(*arguments)) return std::nullopt;
  const Number first = PythonTree::first(*arguments);
  return tree_.next(first) == tree_.end(*arguments) ? std::optional(first) : std::nullopt;
}

// name.extend(list), name.append(item)
void PythonCalls::grow(Number call, const PythonContext& context) {
  const auto callee = tree_.child(call, PythonField::Function);
  if (!callee || tree_.kind(*callee) != Kind::Attribute) return;
  const std::string_view method = values_.last_name(*callee);
  if (method != "extend" && method != "append") return;
  const auto object = tree_.child(*callee, PythonField::Object);
  std::string name = object ? values_.dotted_name(*object) : "";
  const auto argument = only_argument(call);
  if (name.empty() || !argument) return;
  Expression value = values_.read(*argument, kept_in(statements_.kind_of(context.scope)));
  if (method == "append") value = list_of(std::move(value));
  statements_.add_named(Statement::Kind::Extend, std::move(name), call, context).value =
      std::move(value);
}

}  // namespace reg
