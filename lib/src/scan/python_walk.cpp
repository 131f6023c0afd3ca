#include <scan/python_calls.h>
#include <scan/python_context.h>
#include <scan/python_errors.h>
#include <scan/python_imports.h>
#include <scan/python_names.h>
#include <scan/python_statements.h>
#include <scan/python_texts.h>
#include <scan/python_values.h>
#include <scan/python_walk.h>

namespace reg {
namespace {

using Number = PythonTree::Number;
using Kind = PythonKind;

constexpr std::size_t longest_documentation = 1024 * 1024;

class Walk {
 public:
  Walk(const PythonTree& tree, const Words& words)
      : tree_(tree),
        values_(tree, words),
        statements_(tree, words),
        calls_(tree, values_, statements_),
        names_(tree, values_, statements_, calls_) {}

  Account run() {
    for (Number node = 0; node < tree_.size();) node = step(node);
    report_exhaustion();
    return statements_.take();
  }

 private:
  // A node that the current one stands in, or that one itself.
  struct Around {
    Number node;
    PythonContext context;
    std::uint32_t body = 0;  // the scope that it makes
  };

  const PythonTree& tree_;
  PythonValues values_;
  PythonStatements statements_;
  PythonCalls calls_;
  PythonNames names_;
  std::vector<Around> around_;
  bool reported_ = false;

  const PythonContext& context() const { return around_.back().context; }
  Number parent() const { return around_[around_.size() - 2].node; }
  bool has_parent(Kind kind) const { return around_.size() > 1 && tree_.kind(parent()) == kind; }

  // Returns the node to go on with.
  Number step(Number node) {
    while (!around_.empty() && tree_.end(around_.back().node) <= node) around_.pop_back();
    const auto outer = around_.empty() ? std::nullopt : std::optional(around_.back().node);
    if (is_unreadable(tree_, node, outer)) {
      report_unreadable(node);
      return tree_.next(node);
    }
    enter(node);
    visit(node);
    return node + 1;
  }

  void enter(Number node) {
    Around entered{node, {}, 0};
    if (!around_.empty()) {
      const Around& outer = around_.back();
      entered.context = context_of_child(tree_, outer.node, node, outer.context, outer.body);
    }
    around_.push_back(entered);
  }

  void report_unreadable(Number node) {
    const Position at = tree_.position(node);
    const std::string line = "line " + std::to_string(at.line);
    if (tree_.kind(node) == Kind::TooLarge)
      return statements_.report(at, line + ": is too long a statement; it is not read");
    if (!reported_)
      statements_.report(at, line + ": does not parse as Python; what stands there is not read");
    reported_ = true;
  }

  void report_exhaustion() {
    if (!values_.exhausted_at()) return;
    const Position at = *values_.exhausted_at();
    statements_.report(
        at, "line " + std::to_string(at.line) +
                ": calls within calls without end; their arguments are not read from here on");
  }

  void visit(Number node) {
    if (has_parent(Kind::Parameters)) visit_parameter(node);
    switch (tree_.kind(node)) {
      case Kind::ImportStatement:
        return add_import(tree_, node, context(), statements_);
      case Kind::FutureImportStatement:
      case Kind::ImportFromStatement:
        return add_import_from(tree_, node, context(), statements_);
      case Kind::Assignment:
        if (!has_parent(Kind::Assignment)) names_.assignment(node, context());
        return;
      case Kind::AugmentedAssignment:
        return names_.augmented_assignment(node, context());
      case Kind::NamedExpression:
        return names_.walrus(node, context());
      case Kind::Call:
        return calls_.visit(node, context());
      case Kind::Decorator:
        return calls_.claim(values_.inner(PythonTree::first(node)));
      case Kind::ClassDefinition:
        return visit_class(node);
      case Kind::FunctionDefinition:
        define(node, Statement::Kind::Function, Scope::Kind::Function);
        return;
      case Kind::Lambda:
        around_.back().body =
            statements_.add_scope(Scope::Kind::Function, "<lambda>", context().scope);
        return;
      case Kind::DeleteStatement:
        return names_.bind_all(node, Statement::Kind::Unbind, context());
      case Kind::ForStatement:
        return names_.for_loop(node, context());
      case Kind::AsPatternTarget:
        return names_.bind_all(node, Statement::Kind::Bind, context());
      case Kind::ExceptClause:
      case Kind::ExceptGroupClause:
        return names_.except(node, context());
      case Kind::CaseClause:
        return names_.match_case(node, context());
      case Kind::GlobalStatement:
        return visit_elsewhere(node, 0);
      case Kind::NonlocalStatement:
        return visit_elsewhere(node, statements_.function_around(context().scope));
      case Kind::TypeAliasStatement:
        return names_.type_alias(node, context());
      default:
        return;
    }
  }

  void visit_elsewhere(Number node, std::uint32_t scope) {
    if (statements_.kind_of(context().scope) == Scope::Kind::Module) return;
    tree_.each_child(node, [&](Number name) {
      statements_.bind_elsewhere(context().scope, std::string(tree_.text_of(name)), scope);
    });
  }

  // --- classes and functions

  std::string documentation(Number body) const {
    const Number statement = PythonTree::first(body);
    if (statement >= tree_.end(body) || tree_.kind(statement) != Kind::ExpressionStatement)
      return {};
    const Number text = PythonTree::first(statement);
    if (text >= tree_.end(statement) || tree_.next(text) != tree_.end(statement)) return {};
    return first_line(values_.text_of(values_.inner(text), longest_documentation).value_or(""));
  }

  std::vector<Expression> decorators_of_this() {
    std::vector<Expression> decorators;
    if (!has_parent(Kind::DecoratedDefinition)) return decorators;
    tree_.each_child(parent(), [&](Number child) {
      if (tree_.kind(child) == Kind::Decorator && tree_.has_children(child))
        decorators.push_back(values_.read(PythonTree::first(child), kept_of_registration));
    });
    return decorators;
  }

  Statement& define(Number node, Statement::Kind kind, Scope::Kind scope) {
    const auto name = tree_.child(node, PythonField::Name);
    std::string text(name ? tree_.text_of(*name) : "");
    const std::uint32_t body = statements_.add_scope(scope, text, context().scope);
    around_.back().body = body;
    Statement& added = statements_.add_named(kind, std::move(text), node, context());
    added.body = body;
    added.decorators = decorators_of_this();
    if (const auto block = tree_.child(node, PythonField::Body)) added.doc = documentation(*block);
    return added;
  }

  void visit_class(Number node) {
    Statement& added = define(node, Statement::Kind::Class, Scope::Kind::Class);
    if (const auto bases = tree_.child(node, PythonField::Superclasses))
      added.arguments = values_.read_arguments(*bases, kept_in(Scope::Kind::Class));
  }

  // One of the parameters of the function or lambda that has just been entered.
  void visit_parameter(Number parameter) {
    PythonContext inside = context();
    inside.scope = around_[around_.size() - 3].body;
    inside.guarded = false;
    const auto name = tree_.child(parameter, PythonField::Name);
    if (name) return names_.bind_all(*name, Statement::Kind::Bind, inside);
    const bool is_typed = tree_.child(parameter, PythonField::Type).has_value();
    names_.bind_all(is_typed ? PythonTree::first(parameter) : parameter, Statement::Kind::Bind,
                    inside);
  }
};

}  // namespace

Account walk_python(const PythonTree& tree, const Words& words) { return Walk(tree, words).run(); }

}  // namespace reg
