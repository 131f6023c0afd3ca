#pragma once
// A Python file as a flat tree: tree-sitter's nodes in the order of the text, without comments and
// punctuation. A node's descendants follow it, so that one loop visits all of them, however deep.

#include <manifest/declarations.h>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace reg {

// The grammar's names, as far as something depends on them.
enum class PythonKind : std::uint8_t {
  Other,
  Error,     // what tree-sitter could not make sense of
  TooLarge,  // statements that it was not asked to
  AliasedImport,
  ArgumentList,
  AsPattern,
  AsPatternTarget,
  Assignment,
  Attribute,
  AugmentedAssignment,
  BinaryOperator,
  Block,
  BooleanOperator,
  Call,
  CaseClause,
  ClassDefinition,
  ClassPattern,
  ComparisonOperator,
  ConcatenatedString,
  ConditionalExpression,
  DecoratedDefinition,
  Decorator,
  DeleteStatement,
  Dictionary,
  DictionaryComprehension,
  DictionarySplat,
  DictionarySplatPattern,
  DottedName,
  ElseClause,
  ExceptClause,
  ExceptGroupClause,
  ExpressionList,
  ExpressionStatement,
  False,
  Float,
  ForInClause,
  ForStatement,
  FunctionDefinition,
  FutureImportStatement,
  GeneratorExpression,
  GlobalStatement,
  Identifier,
  IfStatement,
  ImportFromStatement,
  ImportPrefix,
  ImportStatement,
  Integer,
  KeywordArgument,
  KeywordPattern,
  Lambda,
  List,
  ListComprehension,
  ListPattern,
  ListSplat,
  ListSplatPattern,
  MatchStatement,
  Module,
  NamedExpression,
  None,
  NonlocalStatement,
  NotOperator,
  Pair,
  ParenthesizedExpression,
  Parameters,
  PatternList,
  RelativeImport,
  Set,
  SetComprehension,
  SplatPattern,
  String,
  StringEnd,
  StringStart,
  Subscript,
  True,
  TryStatement,
  Tuple,
  TuplePattern,
  Type,
  TypeAliasStatement,
  UnaryOperator,
  WhileStatement,
  WildcardImport,
  // operators
  And,
  AndEquals,
  Invert,
  KeywordAnd,
  Minus,
  Or,
  OrEquals,
  Plus,
  PlusEquals,
};

enum class PythonField : std::uint8_t {
  None,
  Alias,
  Alternative,
  Arguments,
  Attribute,
  Body,
  Condition,
  Consequence,
  Definition,
  Function,
  Key,
  Left,
  ModuleName,
  Name,
  Object,
  Operator,
  Parameters,
  Right,
  Subject,
  Superclasses,
  Type,
  Value,
};

struct PythonNode {
  PythonKind kind = PythonKind::Other;
  PythonField field = PythonField::None;  // that it is of its parent
  bool has_error = false;                 // it or something in it
  std::uint32_t start = 0, end = 0;       // in bytes
  std::uint32_t row = 0;                  // from 0
  std::uint32_t line_start = 0;           // where its line begins
  std::uint32_t next = 0;                 // the number of the first node after its last descendant
};

class PythonTree {
 public:
  using Number = std::uint32_t;

  // nullopt: it was given up, for it takes too long. `text` is UTF-8, has `\n` at the ends of its
  // lines, and outlives the tree.
  static std::optional<PythonTree> parse(std::string_view text);

  // The first is the module.
  Number size() const { return static_cast<Number>(nodes_.size()); }
  const PythonNode& operator[](Number number) const { return nodes_[number]; }
  PythonKind kind(Number number) const { return nodes_[number].kind; }
  std::string_view text() const { return text_; }
  std::string_view text_of(Number number) const {
    return text_.substr(nodes_[number].start, nodes_[number].end - nodes_[number].start);
  }
  Position position(Number number) const;

  // Its children are those from `first` on, each followed by its `next`, before its own `next`.
  static Number first(Number parent) { return parent + 1; }
  Number end(Number parent) const { return nodes_[parent].next; }
  Number next(Number child) const { return nodes_[child].next; }
  bool has_children(Number parent) const { return end(parent) > first(parent); }
  std::optional<Number> child(Number parent, PythonField field) const;
  std::optional<Number> child(Number parent, PythonKind kind) const;

  template <typename Visit>
  void each_child(Number parent, Visit visit) const {
    for (Number child = first(parent); child < end(parent); child = next(child)) visit(child);
  }

 private:
  std::string_view text_;
  std::vector<PythonNode> nodes_;
  // How many code points begin before each block of the text; empty where all are ASCII.
  std::vector<std::uint32_t> code_points_;

  void count_blocks();
  std::uint32_t code_points_before(std::uint32_t offset) const;
};

}  // namespace reg
