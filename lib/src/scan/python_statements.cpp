#include <scan/python_statements.h>

namespace reg {

PythonStatements::PythonStatements(const PythonTree& tree, const Words& words)
    : tree_(tree), words_(words), stands_in_word_(1) {
  account_.scopes.emplace_back();
}

Statement& PythonStatements::add(Statement::Kind kind, Number at, const PythonContext& context) {
  Statement& added = account_.statements.emplace_back();
  added.kind = kind;
  added.scope = context.scope;
  added.guarded = context.guarded;
  added.repeated = context.repeated;
  added.script_only = context.script_only;
  added.at = tree_.position(at);
  return added;
}

Statement& PythonStatements::add_named(Statement::Kind kind, std::string name, Number at,
                                       const PythonContext& context) {
  Statement& added = add(kind, at, context);
  const std::string_view first = std::string_view(name).substr(0, name.find('.'));
  if (first == name) {
    if (const auto scope = scope_elsewhere(context.scope, first)) {
      moved_.push_back({account_.statements.size() - 1, added.scope});
      added.scope = *scope;
      added.guarded = true;
    }
  }
  added.name = std::move(name);
  return added;
}

std::optional<std::uint32_t> PythonStatements::scope_elsewhere(std::uint32_t scope,
                                                               std::string_view name) const {
  const auto names = elsewhere_.find(scope);
  if (names == elsewhere_.end()) return std::nullopt;
  const auto found = names->second.find(name);
  if (found == names->second.end()) return std::nullopt;
  return found->second;
}

std::uint32_t PythonStatements::add_scope(Scope::Kind kind, std::string name,
                                          std::uint32_t parent) {
  const bool is_word = kind == Scope::Kind::Function && words_.contains(name);
  stands_in_word_.push_back(is_word || stands_in_word_[parent]);
  account_.scopes.push_back({kind, std::move(name), parent});
  return static_cast<std::uint32_t>(account_.scopes.size() - 1);
}

void PythonStatements::bind_elsewhere(std::uint32_t function, std::string name,
                                      std::uint32_t scope) {
  const auto further = scope_elsewhere(scope, name);
  elsewhere_[function].insert_or_assign(std::move(name), further.value_or(scope));
}

PythonStatements::BoundNames PythonStatements::bound_names() const {
  BoundNames bound;
  for (const Statement& each : account_.statements) {
    bound.emplace(each.scope, each.name);
    for (const ImportedName& name : each.imported)
      bound.emplace(each.scope, name.as.empty() ? name.name : name.as);
  }
  return bound;
}

void PythonStatements::mark_locals(Expression& value, std::uint32_t from, std::uint32_t to,
                                   const BoundNames& bound) const {
  if (value.kind == Expression::Kind::Name) {
    const std::string first = value.text.substr(0, value.text.find('.'));
    for (std::uint32_t scope = from; scope != to && scope != 0;
         scope = account_.scopes[scope].parent) {
      const bool sees = scope == from || kind_of(scope) == Scope::Kind::Function;
      if (!sees || !bound.contains({scope, first})) continue;
      value.text = '<' + first + '>' + value.text.substr(first.size());
      return;
    }
  }
  for (Expression& item : value.items) mark_locals(item, from, to, bound);
  for (Argument& each : value.arguments) mark_locals(each.value.front(), from, to, bound);
}

Account PythonStatements::take() {
  const BoundNames bound = moved_.empty() ? BoundNames() : bound_names();
  for (const Moved& moved : moved_) {
    Statement& statement = account_.statements[moved.statement];
    const auto mark = [&](Expression& value) {
      mark_locals(value, moved.from, statement.scope, bound);
    };
    mark(statement.value);
    for (Argument& each : statement.arguments) mark(each.value.front());
    for (Expression& each : statement.decorators) mark(each);
  }
  return std::move(account_);
}

void PythonStatements::report(const Position& at, std::string message) {
  Diagnostic& problem = account_.problems.emplace_back();
  problem.severity = Severity::Warning;
  problem.place.line = at.line;
  problem.place.column = at.column;
  problem.message = std::move(message);
}

std::uint32_t PythonStatements::function_around(std::uint32_t scope) const {
  scope = account_.scopes[scope].parent;
  while (kind_of(scope) == Scope::Kind::Class) scope = account_.scopes[scope].parent;
  return scope;
}

}  // namespace reg
