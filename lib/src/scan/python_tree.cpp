#include <scan/python_tree.h>
#include <text/utf8.h>
#include <tree_sitter/api.h>
#include <algorithm>
#include <array>
#include <memory>

extern "C" const TSLanguage* tree_sitter_python();

namespace reg {
namespace {

// Far beyond what any file takes that a person or a generator wrote; only made-up ones are given
// up.
constexpr std::uint64_t longest_parse_in_microseconds = 20'000'000;

struct KindName {
  std::string_view name;
  PythonKind kind;
};

constexpr KindName named_kinds[] = {
    {"ERROR", PythonKind::Error},
    {"aliased_import", PythonKind::AliasedImport},
    {"argument_list", PythonKind::ArgumentList},
    {"as_pattern", PythonKind::AsPattern},
    {"as_pattern_target", PythonKind::AsPatternTarget},
    {"assignment", PythonKind::Assignment},
    {"attribute", PythonKind::Attribute},
    {"augmented_assignment", PythonKind::AugmentedAssignment},
    {"binary_operator", PythonKind::BinaryOperator},
    {"block", PythonKind::Block},
    {"boolean_operator", PythonKind::BooleanOperator},
    {"call", PythonKind::Call},
    {"case_clause", PythonKind::CaseClause},
    {"class_definition", PythonKind::ClassDefinition},
    {"class_pattern", PythonKind::ClassPattern},
    {"comparison_operator", PythonKind::ComparisonOperator},
    {"concatenated_string", PythonKind::ConcatenatedString},
    {"conditional_expression", PythonKind::ConditionalExpression},
    {"decorated_definition", PythonKind::DecoratedDefinition},
    {"decorator", PythonKind::Decorator},
    {"delete_statement", PythonKind::DeleteStatement},
    {"dictionary", PythonKind::Dictionary},
    {"dictionary_comprehension", PythonKind::DictionaryComprehension},
    {"dictionary_splat", PythonKind::DictionarySplat},
    {"dictionary_splat_pattern", PythonKind::DictionarySplatPattern},
    {"dotted_name", PythonKind::DottedName},
    {"else_clause", PythonKind::ElseClause},
    {"except_clause", PythonKind::ExceptClause},
    {"except_group_clause", PythonKind::ExceptGroupClause},
    {"expression_list", PythonKind::ExpressionList},
    {"expression_statement", PythonKind::ExpressionStatement},
    {"false", PythonKind::False},
    {"float", PythonKind::Float},
    {"for_in_clause", PythonKind::ForInClause},
    {"for_statement", PythonKind::ForStatement},
    {"function_definition", PythonKind::FunctionDefinition},
    {"future_import_statement", PythonKind::FutureImportStatement},
    {"generator_expression", PythonKind::GeneratorExpression},
    {"global_statement", PythonKind::GlobalStatement},
    {"identifier", PythonKind::Identifier},
    {"if_statement", PythonKind::IfStatement},
    {"import_from_statement", PythonKind::ImportFromStatement},
    {"import_prefix", PythonKind::ImportPrefix},
    {"import_statement", PythonKind::ImportStatement},
    {"integer", PythonKind::Integer},
    {"keyword_argument", PythonKind::KeywordArgument},
    {"keyword_pattern", PythonKind::KeywordPattern},
    {"lambda", PythonKind::Lambda},
    {"list", PythonKind::List},
    {"list_comprehension", PythonKind::ListComprehension},
    {"list_pattern", PythonKind::ListPattern},
    {"list_splat", PythonKind::ListSplat},
    {"list_splat_pattern", PythonKind::ListSplatPattern},
    {"match_statement", PythonKind::MatchStatement},
    {"module", PythonKind::Module},
    {"named_expression", PythonKind::NamedExpression},
    {"none", PythonKind::None},
    {"nonlocal_statement", PythonKind::NonlocalStatement},
    {"not_operator", PythonKind::NotOperator},
    {"pair", PythonKind::Pair},
    {"parenthesized_expression", PythonKind::ParenthesizedExpression},
    {"pattern_list", PythonKind::PatternList},
    {"relative_import", PythonKind::RelativeImport},
    {"set", PythonKind::Set},
    {"set_comprehension", PythonKind::SetComprehension},
    {"splat_pattern", PythonKind::SplatPattern},
    {"string", PythonKind::String},
    {"string_end", PythonKind::StringEnd},
    {"string_start", PythonKind::StringStart},
    {"subscript", PythonKind::Subscript},
    {"true", PythonKind::True},
    {"try_statement", PythonKind::TryStatement},
    {"tuple", PythonKind::Tuple},
    {"tuple_pattern", PythonKind::TuplePattern},
    {"type", PythonKind::Type},
    {"type_alias_statement", PythonKind::TypeAliasStatement},
    {"unary_operator", PythonKind::UnaryOperator},
    {"while_statement", PythonKind::WhileStatement},
    {"wildcard_import", PythonKind::WildcardImport},
};

constexpr KindName operator_kinds[] = {
    {"&", PythonKind::And},        {"+", PythonKind::Plus},      {"+=", PythonKind::PlusEquals},
    {"&=", PythonKind::AndEquals}, {"|=", PythonKind::OrEquals}, {"and", PythonKind::KeywordAnd},
    {"-", PythonKind::Minus},      {"|", PythonKind::Or},        {"~", PythonKind::Invert},
};

struct FieldName {
  std::string_view name;
  PythonField field;
};

constexpr FieldName field_names[] = {
    {"alias", PythonField::Alias},
    {"alternative", PythonField::Alternative},
    {"arguments", PythonField::Arguments},
    {"attribute", PythonField::Attribute},
    {"body", PythonField::Body},
    {"condition", PythonField::Condition},
    {"consequence", PythonField::Consequence},
    {"definition", PythonField::Definition},
    {"function", PythonField::Function},
    {"key", PythonField::Key},
    {"left", PythonField::Left},
    {"module_name", PythonField::ModuleName},
    {"name", PythonField::Name},
    {"object", PythonField::Object},
    {"operator", PythonField::Operator},
    {"parameters", PythonField::Parameters},
    {"right", PythonField::Right},
    {"subject", PythonField::Subject},
    {"superclasses", PythonField::Superclasses},
    {"type", PythonField::Type},
    {"value", PythonField::Value},
};

template <typename Table>
auto find_by_name(const Table& table, std::string_view name) {
  return std::find_if(std::begin(table), std::end(table),
                      [&](const auto& each) { return each.name == name; });
}

// What the numbers of the grammar mean here.
struct Grammar {
  const TSLanguage* language = tree_sitter_python();
  std::vector<PythonKind> kinds;
  std::vector<PythonField> fields;

  Grammar() {
    kinds.assign(ts_language_symbol_count(language), PythonKind::Other);
    for (std::size_t symbol = 0; symbol < kinds.size(); ++symbol)
      kinds[symbol] = kind_named(static_cast<TSSymbol>(symbol));
    fields.assign(std::size_t{ts_language_field_count(language)} + 1, PythonField::None);
    for (std::size_t field = 1; field < fields.size(); ++field) {
      const char* name = ts_language_field_name_for_id(language, static_cast<TSFieldId>(field));
      const auto* found = find_by_name(field_names, name);
      if (found != std::end(field_names)) fields[field] = found->field;
    }
  }

  PythonKind kind_of(const TSNode& node) const {
    const TSSymbol symbol = ts_node_symbol(node);
    return symbol < kinds.size() ? kinds[symbol] : PythonKind::Error;
  }

 private:
  PythonKind kind_named(TSSymbol symbol) const {
    const std::string_view name = ts_language_symbol_name(language, symbol);
    if (ts_language_symbol_type(language, symbol) == TSSymbolTypeRegular) {
      const auto* found = find_by_name(named_kinds, name);
      return found != std::end(named_kinds) ? found->kind : PythonKind::Other;
    }
    const auto* found = find_by_name(operator_kinds, name);
    return found != std::end(operator_kinds) ? found->kind : PythonKind::Other;
  }
};

const Grammar& grammar() {
  static const Grammar the_grammar;
  return the_grammar;
}

struct Delete {
  void operator()(TSParser* parser) const { ts_parser_delete(parser); }
  void operator()(TSTree* tree) const { ts_tree_delete(tree); }
};

std::unique_ptr<TSTree, Delete> parsed(std::string_view text) {
  const std::unique_ptr<TSParser, Delete> parser(ts_parser_new());
  ts_parser_set_timeout_micros(parser.get(), longest_parse_in_microseconds);
  if (!ts_parser_set_language(parser.get(), grammar().language)) return nullptr;
  return std::unique_ptr<TSTree, Delete>(ts_parser_parse_string(
      parser.get(), nullptr, text.data(), static_cast<std::uint32_t>(text.size())));
}

class Cursor {
 public:
  explicit Cursor(const TSTree& tree) : cursor_(ts_tree_cursor_new(ts_tree_root_node(&tree))) {}
  ~Cursor() { ts_tree_cursor_delete(&cursor_); }
  Cursor(const Cursor&) = delete;
  Cursor& operator=(const Cursor&) = delete;

  TSNode node() const { return ts_tree_cursor_current_node(&cursor_); }
  TSFieldId field() const { return ts_tree_cursor_current_field_id(&cursor_); }
  bool down() { return ts_tree_cursor_goto_first_child(&cursor_); }
  bool along() { return ts_tree_cursor_goto_next_sibling(&cursor_); }
  bool up() { return ts_tree_cursor_goto_parent(&cursor_); }

 private:
  TSTreeCursor cursor_;
};

// Fills `nodes` by walking over the whole tree.
class Flattening {
 public:
  Flattening(const TSTree& tree, std::vector<PythonNode>& nodes) : cursor_(tree), nodes_(nodes) {}

  void run() {
    do {
      open_.push_back(kept() ? add() : none);
      if (open_.back() != none && cursor_.down()) continue;
      do {
        close();
        if (cursor_.along()) break;
      } while (cursor_.up());
    } while (!open_.empty());
  }

 private:
  static constexpr std::uint32_t none = UINT32_MAX;
  Cursor cursor_;
  std::vector<PythonNode>& nodes_;
  std::vector<std::uint32_t> open_;  // the numbers of the nodes around, and of the one just left

  // Comments and continued lines may stand anywhere; punctuation says nothing, except where it is
  // missing.
  bool kept() const {
    const TSNode node = cursor_.node();
    if (ts_node_is_missing(node)) return true;
    if (!ts_node_is_named(node)) return grammar().kind_of(node) != PythonKind::Other;
    return !ts_node_is_extra(node) || grammar().kind_of(node) == PythonKind::Error;
  }

  std::uint32_t add() {
    const TSNode node = cursor_.node();
    const TSPoint point = ts_node_start_point(node);
    PythonNode& added = nodes_.emplace_back();
    added.kind = ts_node_is_missing(node) ? PythonKind::Error : grammar().kind_of(node);
    added.field = grammar().fields[cursor_.field()];
    added.has_error = added.kind == PythonKind::Error || ts_node_has_error(node);
    added.start = ts_node_start_byte(node);
    added.end = ts_node_end_byte(node);
    added.row = point.row;
    added.line_start = added.start - point.column;
    return static_cast<std::uint32_t>(nodes_.size() - 1);
  }

  void close() {
    if (open_.back() != none) nodes_[open_.back()].next = static_cast<std::uint32_t>(nodes_.size());
    open_.pop_back();
  }
};

constexpr std::size_t block_size = 256;

}  // namespace

std::optional<PythonTree> PythonTree::parse(std::string_view text) {
  const std::unique_ptr<TSTree, Delete> parse_tree = parsed(text);
  if (!parse_tree) return std::nullopt;
  PythonTree tree;
  tree.text_ = text;
  tree.nodes_.reserve(text.size() / 6 + 16);
  Flattening(*parse_tree, tree.nodes_).run();
  tree.count_blocks();
  return tree;
}

void PythonTree::count_blocks() {
  if (std::none_of(text_.begin(), text_.end(), continues_code_point)) return;
  std::uint32_t count = 0;
  for (std::size_t at = 0; at <= text_.size(); at += block_size) {
    code_points_.push_back(count);
    count += static_cast<std::uint32_t>(count_code_points(text_.substr(at, block_size)));
  }
}

std::uint32_t PythonTree::code_points_before(std::uint32_t offset) const {
  if (code_points_.empty()) return offset;
  const std::size_t block = offset / block_size;
  const std::size_t begin = block * block_size;
  return code_points_[block] +
         static_cast<std::uint32_t>(count_code_points(text_.substr(begin, offset - begin)));
}

Position PythonTree::position(Number number) const {
  const PythonNode& node = nodes_[number];
  return {node.row + 1, code_points_before(node.start) - code_points_before(node.line_start) + 1};
}

std::optional<PythonTree::Number> PythonTree::child(Number parent, PythonField field) const {
  for (Number each = first(parent); each < end(parent); each = next(each))
    if (nodes_[each].field == field) return each;
  return std::nullopt;
}

std::optional<PythonTree::Number> PythonTree::child(Number parent, PythonKind kind) const {
  for (Number each = first(parent); each < end(parent); each = next(each))
    if (nodes_[each].kind == kind) return each;
  return std::nullopt;
}

}  // namespace reg
