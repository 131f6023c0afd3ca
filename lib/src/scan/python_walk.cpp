#include <scan/python_context.h>
#include <scan/python_texts.h>
#include <scan/python_values.h>
#include <scan/python_walk.h>
#include <algorithm>
#include <map>

namespace reg {
namespace {

using Number = PythonTree::Number;
using Kind = PythonKind;

constexpr std::size_t longest_documentation = 1024 * 1024;

constexpr KeptOfValue kept_in_module{1024, 4096, 200, false};
constexpr KeptOfValue kept_in_class{1024, 4096, 200, true};
constexpr KeptOfValue kept_in_function{1024, 64, 4, false};

bool is_simple_statement(Kind kind) {
  switch (kind) {
    case Kind::ExpressionStatement:
    case Kind::ImportStatement:
    case Kind::ImportFromStatement:
    case Kind::FutureImportStatement:
    case Kind::DeleteStatement:
    case Kind::GlobalStatement:
    case Kind::NonlocalStatement:
    case Kind::TypeAliasStatement:
      return true;
    default:
      return false;
  }
}

class Walk {
 public:
  Walk(const PythonTree& tree, const Words& words)
      : tree_(tree), words_(words), values_(tree, words), claimed_(tree.size()) {
    account_.scopes.emplace_back();
  }

  Account run() {
    for (Number node = 0; node < tree_.size();) {
      while (!around_.empty() && tree_.end(around_.back().node) <= node) around_.pop_back();
      if (is_unreadable(node)) {
        report_unreadable(node);
        node = tree_.next(node);
        continue;
      }
      enter(node);
      visit(node);
      ++node;
    }
    report_exhaustion();
    return std::move(account_);
  }

 private:
  // A node that the current one stands in, or that one itself.
  struct Around {
    Number node;
    PythonContext context;
    std::uint32_t body = 0;  // the scope that it makes
    // Of a block with errors in it: where the lines of its statements begin.
    std::uint32_t column = 0;
  };

  const PythonTree& tree_;
  const Words& words_;
  PythonValues values_;
  std::vector<bool> claimed_;  // calls that need no statement of their own
  std::vector<Around> around_;
  // What `global` and `nonlocal` say: by function, the scope that a name is bound in.
  std::map<std::uint32_t, std::map<std::string, std::uint32_t, std::less<>>> elsewhere_;
  Account account_;
  bool reported_ = false;

  const PythonContext& context() const { return around_.back().context; }
  Number parent() const { return around_[around_.size() - 2].node; }
  bool has_parent(Kind kind) const { return around_.size() > 1 && tree_.kind(parent()) == kind; }

  void enter(Number node) {
    Around entered{node, {}, 0, 0};
    if (!around_.empty()) {
      const Around& outer = around_.back();
      entered.context = context_of_child(tree_, outer.node, node, outer.context, outer.body);
    }
    around_.push_back(entered);
  }

  // --- what could not be parsed

  // After an error the parser may take for statements what belongs to the text that it could not
  // make sense of. They stand where no statement of this block can.
  bool is_misplaced(Number node) const {
    if (around_.empty()) return false;
    const Number block = around_.back().node;
    if (!tree_[block].has_error) return false;
    if (tree_.kind(block) != Kind::Module && tree_.kind(block) != Kind::Block) return false;
    const PythonNode& statement = tree_[node];
    const std::string_view before =
        tree_.text().substr(statement.line_start, statement.start - statement.line_start);
    if (before.find_first_not_of(" \t\f") != std::string_view::npos) return false;
    if (tree_.kind(block) == Kind::Module) return !before.empty();
    return before.size() !=
           tree_[first_of_line(block)].start - tree_[first_of_line(block)].line_start;
  }

  Number first_of_line(Number block) const { return PythonTree::first(block); }

  bool is_unreadable(Number node) const {
    const PythonNode& at = tree_[node];
    if (at.kind == Kind::Error || is_misplaced(node)) return true;
    if (!at.has_error) return false;
    if (is_simple_statement(at.kind)) return true;
    const bool is_definition = at.kind == Kind::ClassDefinition ||
                               at.kind == Kind::FunctionDefinition ||
                               at.kind == Kind::DecoratedDefinition;
    return is_definition && is_head_broken(node);
  }

  bool is_head_broken(Number node) const {
    bool broken = false;
    tree_.each_child(node, [&](Number child) {
      const bool is_body =
          tree_[child].field == PythonField::Body || tree_[child].field == PythonField::Definition;
      broken = broken || tree_.kind(child) == Kind::Error || (!is_body && tree_[child].has_error);
    });
    return broken;
  }

  void report(const Position& at, std::string message) {
    Diagnostic& problem = account_.problems.emplace_back();
    problem.severity = Severity::Warning;
    problem.place.line = at.line;
    problem.place.column = at.column;
    problem.message = std::move(message);
  }

  void report_unreadable(Number node) {
    if (reported_) return;
    reported_ = true;
    const Position at = tree_.position(node);
    report(at, "line " + std::to_string(at.line) +
                   ": does not parse as Python; what stands there is not read");
  }

  void report_exhaustion() {
    if (!values_.exhausted_at()) return;
    const Position at = *values_.exhausted_at();
    report(at, "line " + std::to_string(at.line) +
                   ": calls within calls without end; their arguments are not read from here on");
  }

  // --- statements

  Statement& add(Statement::Kind kind, Number at, const PythonContext& context) {
    Statement& added = account_.statements.emplace_back();
    added.kind = kind;
    added.scope = context.scope;
    added.guarded = context.guarded;
    added.repeated = context.repeated;
    added.script_only = context.script_only;
    added.at = tree_.position(at);
    return added;
  }

  // A statement that binds a name, or a dotted one.
  Statement& add_named(Statement::Kind kind, std::string name, Number at,
                       const PythonContext& context) {
    Statement& added = add(kind, at, context);
    const std::string_view first = std::string_view(name).substr(0, name.find('.'));
    if (first == name) {
      if (const auto scope = scope_elsewhere(context.scope, first)) {
        added.scope = *scope;
        added.guarded = true;
      }
    }
    added.name = std::move(name);
    return added;
  }

  std::optional<std::uint32_t> scope_elsewhere(std::uint32_t scope, std::string_view name) const {
    const auto names = elsewhere_.find(scope);
    if (names == elsewhere_.end()) return std::nullopt;
    const auto found = names->second.find(name);
    if (found == names->second.end()) return std::nullopt;
    return found->second;
  }

  std::uint32_t add_scope(Scope::Kind kind, std::string name) {
    account_.scopes.push_back({kind, std::move(name), context().scope});
    return static_cast<std::uint32_t>(account_.scopes.size() - 1);
  }

  const KeptOfValue& kept(std::uint32_t scope) const {
    switch (account_.scopes[scope].kind) {
      case Scope::Kind::Module:
        return kept_in_module;
      case Scope::Kind::Class:
        return kept_in_class;
      default:
        return kept_in_function;
    }
  }

  Expression value_of(Number node) { return values_.read(node, kept(context().scope)); }

  void visit(Number node) {
    if (has_parent(Kind::Parameters)) visit_parameter(node);
    switch (tree_.kind(node)) {
      case Kind::ImportStatement:
        return visit_import(node);
      case Kind::FutureImportStatement:
      case Kind::ImportFromStatement:
        return visit_import_from(node);
      case Kind::Assignment:
        return visit_assignment(node);
      case Kind::AugmentedAssignment:
        return visit_augmented(node);
      case Kind::NamedExpression:
        return visit_walrus(node);
      case Kind::Call:
        return visit_call(node);
      case Kind::Decorator:
        return claim_all(PythonTree::first(node));
      case Kind::ClassDefinition:
        return visit_class(node);
      case Kind::FunctionDefinition:

        define(node, Statement::Kind::Function, Scope::Kind::Function);
        return;
      case Kind::Lambda:

        around_.back().body = add_scope(Scope::Kind::Function, "<lambda>");
        return;
      case Kind::DeleteStatement:
        return bind_all(node, Statement::Kind::Unbind, context());
      case Kind::ForStatement:
        return visit_for(node);
      case Kind::AsPatternTarget:
        return bind_all(node, Statement::Kind::Bind, context());
      case Kind::ExceptClause:
      case Kind::ExceptGroupClause:
        return visit_except(node);
      case Kind::CaseClause:
        return visit_case(node);
      case Kind::GlobalStatement:
        return visit_elsewhere(node, 0);
      case Kind::NonlocalStatement:
        return visit_elsewhere(node, function_around());
      case Kind::TypeAliasStatement:
        return visit_type_alias(node);
      default:
        return;
    }
  }

  // --- imports

  std::pair<std::string, std::string> name_and_alias(Number name) const {
    if (tree_.kind(name) != Kind::AliasedImport) return {dotted(name), ""};
    const auto original = tree_.child(name, PythonField::Name);
    const auto alias = tree_.child(name, PythonField::Alias);
    return {original ? dotted(*original) : "", alias ? std::string(tree_.text_of(*alias)) : ""};
  }

  // A dotted_name, in which white space may stand.
  std::string dotted(Number name) const {
    std::string text;
    tree_.each_child(name, [&](Number part) {
      if (!text.empty()) text += '.';
      text += tree_.text_of(part);
    });
    return text;
  }

  void visit_import(Number node) {
    tree_.each_child(node, [&](Number child) {
      auto [module, alias] = name_and_alias(child);
      const bool renamed = !alias.empty();
      std::string name = renamed ? alias : module.substr(0, module.find('.'));
      Statement& added = add_named(Statement::Kind::Import, std::move(name), node, context());
      added.module = std::move(module);
      added.renamed = renamed;
    });
  }

  void visit_import_from(Number node) {
    Statement& added = add(Statement::Kind::ImportFrom, node, context());
    if (tree_.kind(node) == Kind::FutureImportStatement) added.module = "__future__";
    tree_.each_child(node, [&](Number child) {
      if (tree_[child].field == PythonField::ModuleName) return read_module(added, child);
      if (tree_.kind(child) == Kind::WildcardImport) {
        added.imported.push_back({"*", ""});
      } else {
        auto [name, alias] = name_and_alias(child);
        if (alias.empty()) alias = name;
        added.imported.push_back({std::move(name), std::move(alias)});
      }
    });
  }

  void read_module(Statement& import, Number node) const {
    if (tree_.kind(node) != Kind::RelativeImport) {
      import.module = dotted(node);
      return;
    }
    tree_.each_child(node, [&](Number part) {
      if (tree_.kind(part) == Kind::DottedName) {
        import.module = dotted(part);
      } else {
        const std::string_view dots = tree_.text_of(part);
        import.level = static_cast<std::uint32_t>(std::count(dots.begin(), dots.end(), '.'));
      }
    });
  }

  // --- names that are bound

  // Every name or dotted name in a target, whatever it is unpacked by.
  void bind_all(Number target, Statement::Kind kind, const PythonContext& context) {
    for (Number node = target; node < tree_.end(target);) {
      const bool is_name =
          tree_.kind(node) == Kind::Identifier || tree_.kind(node) == Kind::Attribute;
      if (is_name) {
        std::string name = values_.dotted_name(node);
        if (!name.empty()) add_named(kind, std::move(name), node, context);
      }
      const bool is_whole =
          is_name || tree_.kind(node) == Kind::Subscript || tree_.kind(node) == Kind::Call;
      node = is_whole ? tree_.next(node) : node + 1;
    }
  }

  // A chain `a = b = value` is one nested into the other.
  void visit_assignment(Number node) {
    if (has_parent(Kind::Assignment)) return;
    std::vector<Number> targets;
    std::optional<Number> value = node;
    while (value && tree_.kind(*value) == Kind::Assignment) {
      if (const auto left = tree_.child(*value, PythonField::Left)) targets.push_back(*left);
      value = tree_.child(*value, PythonField::Right);
    }
    if (!value) return;  // an annotation only, which binds nothing
    for (const Number target : targets) assign(target, *value);
  }

  static bool is_sequence(Kind kind) {
    return kind == Kind::PatternList || kind == Kind::TuplePattern || kind == Kind::ListPattern ||
           kind == Kind::ExpressionList || kind == Kind::Tuple || kind == Kind::List;
  }

  // The parts of a tuple; nothing where there is a `*`.
  std::optional<std::vector<Number>> parts_of(Number node) const {
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
  Number without_parentheses(Number target) const {
    while (tree_.kind(target) == Kind::TuplePattern && tree_.has_children(target)) {
      const Number only = PythonTree::first(target);
      const std::uint32_t end = tree_[only].end;
      const std::string_view rest = tree_.text().substr(end, tree_[target].end - end);
      if (tree_.next(only) != tree_.end(target) || rest.find(',') != std::string_view::npos) break;
      target = only;
    }
    return target;
  }

  void assign(Number target, Number value) {
    target = without_parentheses(target);
    const auto targets = parts_of(target);
    const auto values = targets ? parts_of(value) : std::nullopt;
    if (!values || values->size() != targets->size()) return assign_one(target, value);
    // All values are there before the first name is bound: `a, b = b, a`. They wait under names
    // that none can have.
    const bool is_exchange = std::any_of(values->begin(), values->end(), [&](Number part) {
      return is_in(*targets, values_.dotted_name(values_.inner(part)));
    });
    for (std::size_t part = 0; is_exchange && part < targets->size(); ++part)
      assign_name((*targets)[part], (*values)[part], waiting(part));
    for (std::size_t part = 0; part < targets->size(); ++part) {
      if (is_exchange)
        take_waiting((*targets)[part], waiting(part));
      else
        assign_one((*targets)[part], (*values)[part]);
    }
  }

  bool is_in(const std::vector<Number>& targets, const std::string& name) const {
    return !name.empty() && std::any_of(targets.begin(), targets.end(), [&](Number target) {
      return values_.dotted_name(target) == name;
    });
  }

  static std::string waiting(std::size_t part) { return "_=" + std::to_string(part); }

  void take_waiting(Number target, std::string value) {
    std::string name = values_.dotted_name(target);
    if (name.empty()) return bind_all(target, Statement::Kind::Bind, context());
    Expression& taken =
        add_named(Statement::Kind::Assign, std::move(name), target, context()).value;
    taken.kind = Expression::Kind::Name;
    taken.text = std::move(value);
    taken.at = tree_.position(target);
  }

  void assign_one(Number target, Number value) {
    std::string name = values_.dotted_name(target);
    if (name.empty()) return bind_all(target, Statement::Kind::Bind, context());
    if (name == "__all__") return assign_all(target, value);
    assign_name(target, value, std::move(name));
  }

  void assign_name(Number target, Number value, std::string name) {
    Expression expression = value_of(value);
    if (expression.kind == Expression::Kind::Call) claim(values_.inner(value));
    add_named(Statement::Kind::Assign, std::move(name), target, context()).value =
        std::move(expression);
  }

  // `__all__ = a + b` is a, and grows by b.
  void assign_all(Number target, Number value) {
    std::vector<Number> added;
    value = values_.inner(value);
    while (is_sum(value)) {
      added.push_back(*tree_.child(value, PythonField::Right));
      value = values_.inner(PythonTree::first(value));
    }
    assign_name(target, value, "__all__");
    for (auto each = added.rbegin(); each != added.rend(); ++each)
      extend("__all__", target, value_of(*each));
  }

  bool is_sum(Number node) const {
    if (tree_.kind(node) != Kind::BinaryOperator) return false;
    const auto sign = tree_.child(node, PythonField::Operator);
    return sign && tree_.kind(*sign) == Kind::Plus && tree_.child(node, PythonField::Right);
  }

  void extend(std::string name, Number at, Expression value) {
    add_named(Statement::Kind::Extend, std::move(name), at, context()).value = std::move(value);
  }

  void visit_augmented(Number node) {
    const auto target = tree_.child(node, PythonField::Left);
    const auto sign = tree_.child(node, PythonField::Operator);
    const auto value = tree_.child(node, PythonField::Right);
    if (!target || !value) return;
    std::string name = values_.dotted_name(*target);
    if (name.empty()) return;
    if (sign && tree_.kind(*sign) == Kind::PlusEquals)
      return extend(std::move(name), *target, value_of(*value));
    const Kind joined_by = sign ? tree_.kind(*sign) : Kind::Other;
    if (joined_by == Kind::AndEquals) return join(Expression::Kind::And, name, *target, *value);
    if (joined_by == Kind::OrEquals) return join(Expression::Kind::Or, name, *target, *value);
    add_named(Statement::Kind::Bind, std::move(name), *target, context());
  }

  void join(Expression::Kind kind, const std::string& name, Number target, Number value) {
    Expression before, joined;
    before.kind = Expression::Kind::Name;
    before.text = name;
    before.at = joined.at = tree_.position(target);
    joined.kind = kind;
    joined.items = {std::move(before), value_of(value)};
    add_named(Statement::Kind::Assign, name, target, context()).value = std::move(joined);
  }

  void visit_walrus(Number node) {
    const auto name = tree_.child(node, PythonField::Name);
    const auto value = tree_.child(node, PythonField::Value);
    if (name && value) assign_name(*name, *value, std::string(tree_.text_of(*name)));
  }

  void visit_for(Number node) {
    const auto target = tree_.child(node, PythonField::Left);
    if (!target) return;
    PythonContext inside = context();
    inside.guarded = inside.repeated = true;
    bind_all(*target, Statement::Kind::Bind, inside);
  }

  void visit_except(Number node) {
    const auto alias = tree_.child(node, PythonField::Alias);
    if (alias) bind_all(*alias, Statement::Kind::Bind, context());
  }

  // A name alone is bound, one with dots is compared with.
  void visit_case(Number node) {
    std::vector<Number> parents{node};
    const auto body = tree_.child(node, PythonField::Consequence);
    const Number end = body ? *body : tree_.end(node);
    for (Number each = PythonTree::first(node); each < end; ++each) {
      while (tree_.end(parents.back()) <= each) parents.pop_back();
      const Kind around = tree_.kind(parents.back());
      if (tree_.kind(each) == Kind::DottedName && around != Kind::ClassPattern) bind_pattern(each);
      if (tree_.kind(each) == Kind::Identifier &&
          (around == Kind::SplatPattern || around == Kind::AsPattern))
        add_named(Statement::Kind::Bind, std::string(tree_.text_of(each)), each, context());
      parents.push_back(each);
    }
  }

  void bind_pattern(Number name) {
    const Number first = PythonTree::first(name);
    if (first >= tree_.end(name) || tree_.next(first) != tree_.end(name)) return;
    add_named(Statement::Kind::Bind, std::string(tree_.text_of(name)), name, context());
  }

  void visit_elsewhere(Number node, std::uint32_t scope) {
    if (account_.scopes[context().scope].kind == Scope::Kind::Module) return;
    tree_.each_child(node, [&](Number name) {
      std::string text(tree_.text_of(name));
      const auto further = scope_elsewhere(scope, text);
      elsewhere_[context().scope].insert_or_assign(std::move(text), further.value_or(scope));
    });
  }

  std::uint32_t function_around() const {
    std::uint32_t scope = account_.scopes[context().scope].parent;
    while (account_.scopes[scope].kind == Scope::Kind::Class) scope = account_.scopes[scope].parent;
    return scope;
  }

  void visit_type_alias(Number node) {
    const auto left = tree_.child(node, PythonField::Left);
    if (!left) return;
    // The grammar takes `type(x).y = z` for one, too.
    if (tree_.text_of(*left).starts_with('(')) return;
    for (Number each = *left; each < tree_.end(*left); ++each) {
      if (tree_.kind(each) != Kind::Identifier) continue;
      add_named(Statement::Kind::Bind, std::string(tree_.text_of(each)), each, context());
      return;
    }
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
    const std::uint32_t body = add_scope(scope, text);
    around_.back().body = body;
    Statement& added = add_named(kind, std::move(text), node, context());
    added.body = body;
    added.decorators = decorators_of_this();
    if (const auto block = tree_.child(node, PythonField::Body)) added.doc = documentation(*block);
    return added;
  }

  void visit_class(Number node) {
    Statement& added = define(node, Statement::Kind::Class, Scope::Kind::Class);
    if (const auto bases = tree_.child(node, PythonField::Superclasses))
      added.arguments = values_.read_arguments(*bases, kept_in_class);
  }

  // One of the parameters of the function or lambda that has just been entered.
  void visit_parameter(Number parameter) {
    PythonContext inside = context();
    inside.scope = around_[around_.size() - 3].body;
    inside.guarded = false;
    const auto name = tree_.child(parameter, PythonField::Name);
    if (name) return bind_all(*name, Statement::Kind::Bind, inside);
    const bool is_typed = tree_.child(parameter, PythonField::Type).has_value();
    bind_all(is_typed ? PythonTree::first(parameter) : parameter, Statement::Kind::Bind, inside);
  }

  // --- calls

  // It is part of a statement, and so are the calls whose results it calls.
  void claim(Number call) {
    while (tree_.kind(call) == Kind::Call && tree_.has_children(call)) {
      claimed_[call] = true;
      call = values_.inner(PythonTree::first(call));
    }
  }

  void claim_all(Number decorator) { claim(values_.inner(decorator)); }

  void visit_call(Number node) {
    if (!claimed_[node]) grow(node);
    if (claimed_[node]) return;
    // `a.f(x).g(y)` calls f first, though g is found first.
    const bool is_wanted = stands_in_word();
    std::vector<Number> calls;
    for (Number call = node; tree_.kind(call) == Kind::Call; call = next_to_the_left(call)) {
      if (claimed_[call]) break;
      if (is_wanted || values_.has_word(call)) calls.push_back(call);
      claim(call);
    }
    for (auto call = calls.rbegin(); call != calls.rend(); ++call)
      add(Statement::Kind::Call, *call, context()).value =
          values_.read(*call, kept_of_registration);
  }

  // Whether a function around has one of the words for its name.
  bool stands_in_word() const {
    for (std::uint32_t scope = context().scope; scope != 0; scope = account_.scopes[scope].parent) {
      const Scope& around = account_.scopes[scope];
      if (around.kind == Scope::Kind::Function && words_.contains(around.name)) return true;
    }
    return false;
  }

  // The call that the callee of this one begins with, if it does.
  Number next_to_the_left(Number call) const {
    Number node = values_.innermost_callee(call);
    while (tree_.has_children(node) &&
           (tree_.kind(node) == Kind::Attribute || tree_.kind(node) == Kind::Subscript))
      node = values_.inner(PythonTree::first(node));
    return node;
  }

  // name.extend(list), name.append(item)
  void grow(Number call) {
    const auto callee = tree_.child(call, PythonField::Function);
    const auto arguments = tree_.child(call, PythonField::Arguments);
    if (!callee || !arguments || tree_.kind(*callee) != Kind::Attribute) return;
    const std::string_view method = values_.last_name(*callee);
    if (method != "extend" && method != "append") return;
    const auto object = tree_.child(*callee, PythonField::Object);
    std::string name = object ? values_.dotted_name(*object) : "";
    const bool is_list = tree_.kind(*arguments) == Kind::ArgumentList;
    const Number value = is_list ? PythonTree::first(*arguments) : *arguments;
    const bool has_one =
        !is_list || (tree_.has_children(*arguments) && tree_.next(value) == tree_.end(*arguments));
    if (name.empty() || !has_one) return;
    Expression grown = value_of(value);
    if (method == "append") {
      Expression list;
      list.kind = Expression::Kind::List;
      list.at = grown.at;
      list.items.push_back(std::move(grown));
      grown = std::move(list);
    }
    extend(std::move(name), call, std::move(grown));
  }
};

}  // namespace

Account walk_python(const PythonTree& tree, const Words& words) { return Walk(tree, words).run(); }

}  // namespace reg
