#pragma once
// What the numbers of tree-sitter's grammar mean here.

#include <scan/python_tree.h>
#include <tree_sitter/api.h>
#include <vector>

namespace reg {

class PythonGrammar {
 public:
  PythonGrammar();

  const TSLanguage* language() const { return language_; }
  PythonKind kind_of(const TSNode& node) const;
  PythonField field(TSFieldId field) const { return fields_[field]; }

 private:
  const TSLanguage* language_;
  std::vector<PythonKind> kinds_;
  std::vector<PythonField> fields_;

  PythonKind kind_named(TSSymbol symbol) const;
};

const PythonGrammar& python_grammar();

}  // namespace reg
