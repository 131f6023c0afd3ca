#include <scan/python_errors.h>

namespace reg {
namespace {

using Number = PythonTree::Number;
using Kind = PythonKind;

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

// After an error the parser may take for statements what belongs to the text that it could not
// make sense of. They stand where no statement of this block can.
bool is_misplaced(const PythonTree& tree, Number node, Number block) {
  if (!tree[block].has_error) return false;
  if (tree.kind(block) != Kind::Module && tree.kind(block) != Kind::Block) return false;
  const PythonNode& statement = tree[node];
  const std::string_view before =
      tree.text().substr(statement.line_start, statement.start - statement.line_start);
  if (before.find_first_not_of(" \t\f") != std::string_view::npos) return false;
  if (tree.kind(block) == Kind::Module) return !before.empty();
  const PythonNode& first = tree[PythonTree::first(block)];
  return before.size() != first.start - first.line_start;
}

bool is_head_broken(const PythonTree& tree, Number node) {
  bool broken = false;
  tree.each_child(node, [&](Number child) {
    const bool is_body =
        tree[child].field == PythonField::Body || tree[child].field == PythonField::Definition;
    broken = broken || tree.kind(child) == Kind::Error || (!is_body && tree[child].has_error);
  });
  return broken;
}

}  // namespace

bool is_unreadable(const PythonTree& tree, Number node, std::optional<Number> around) {
  const PythonNode& at = tree[node];
  if (at.kind == Kind::Error || at.kind == Kind::TooLarge) return true;
  if (around && is_misplaced(tree, node, *around)) return true;
  if (!at.has_error) return false;
  if (is_simple_statement(at.kind)) return true;
  const bool is_definition = at.kind == Kind::ClassDefinition ||
                             at.kind == Kind::FunctionDefinition ||
                             at.kind == Kind::DecoratedDefinition;
  return is_definition && is_head_broken(tree, node);
}

}  // namespace reg
