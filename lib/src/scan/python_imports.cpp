#include <scan/python_imports.h>
#include <algorithm>
#include <utility>

namespace reg {
namespace {

using Number = PythonTree::Number;
using Kind = PythonKind;

// A dotted_name, in which white space may stand.
std::string dotted(const PythonTree& tree, Number name) {
  std::string text;
  tree.each_child(name, [&](Number part) {
    if (!text.empty()) text += '.';
    text += tree.text_of(part);
  });
  return text;
}

std::pair<std::string, std::string> name_and_alias(const PythonTree& tree, Number name) {
  if (tree.kind(name) != Kind::AliasedImport) return {dotted(tree, name), ""};
  const auto original = tree.child(name, PythonField::Name);
  const auto alias = tree.child(name, PythonField::Alias);
  return {original ? dotted(tree, *original) : "", alias ? std::string(tree.text_of(*alias)) : ""};
}

void read_module(const PythonTree& tree, Statement& import, Number node) {
  if (tree.kind(node) != Kind::RelativeImport) {
    import.module = dotted(tree, node);
    return;
  }
  tree.each_child(node, [&](Number part) {
    if (tree.kind(part) == Kind::DottedName) {
      import.module = dotted(tree, part);
    } else {
      const std::string_view dots = tree.text_of(part);
      import.level = static_cast<std::uint32_t>(std::count(dots.begin(), dots.end(), '.'));
    }
  });
}

}  // namespace

void add_import(const PythonTree& tree, Number node, const PythonContext& context,
                PythonStatements& statements) {
  tree.each_child(node, [&](Number child) {
    auto [module, alias] = name_and_alias(tree, child);
    const bool renamed = !alias.empty();
    std::string name = renamed ? alias : module.substr(0, module.find('.'));
    Statement& added =
        statements.add_named(Statement::Kind::Import, std::move(name), node, context);
    added.module = std::move(module);
    added.renamed = renamed;
  });
}

void add_import_from(const PythonTree& tree, Number node, const PythonContext& context,
                     PythonStatements& statements) {
  Statement& added = statements.add(Statement::Kind::ImportFrom, node, context);
  if (tree.kind(node) == Kind::FutureImportStatement) added.module = "__future__";
  tree.each_child(node, [&](Number child) {
    if (tree[child].field == PythonField::ModuleName) return read_module(tree, added, child);
    if (tree.kind(child) == Kind::WildcardImport) {
      added.imported.push_back({"*", ""});
    } else {
      auto [name, alias] = name_and_alias(tree, child);
      if (alias.empty()) alias = name;
      added.imported.push_back({std::move(name), std::move(alias)});
    }
  });
}

}  // namespace reg
