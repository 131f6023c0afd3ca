#include <scan/python_grammar.h>
#include <algorithm>
#include <string_view>

extern "C" const TSLanguage* tree_sitter_python();

namespace reg {
namespace {

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
    {"lambda_parameters", PythonKind::Parameters},
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
    {"parameters", PythonKind::Parameters},
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

}  // namespace

PythonGrammar::PythonGrammar() : language_(tree_sitter_python()) {
  kinds_.assign(ts_language_symbol_count(language_), PythonKind::Other);
  for (std::size_t symbol = 0; symbol < kinds_.size(); ++symbol)
    kinds_[symbol] = kind_named(static_cast<TSSymbol>(symbol));
  fields_.assign(std::size_t{ts_language_field_count(language_)} + 1, PythonField::None);
  for (std::size_t field = 1; field < fields_.size(); ++field) {
    const char* name = ts_language_field_name_for_id(language_, static_cast<TSFieldId>(field));
    const auto* found = find_by_name(field_names, name);
    if (found != std::end(field_names)) fields_[field] = found->field;
  }
}

PythonKind PythonGrammar::kind_of(const TSNode& node) const {
  const TSSymbol symbol = ts_node_symbol(node);
  return symbol < kinds_.size() ? kinds_[symbol] : PythonKind::Error;
}

PythonKind PythonGrammar::kind_named(TSSymbol symbol) const {
  const std::string_view name = ts_language_symbol_name(language_, symbol);
  if (ts_language_symbol_type(language_, symbol) == TSSymbolTypeRegular) {
    const auto* found = find_by_name(named_kinds, name);
    return found != std::end(named_kinds) ? found->kind : PythonKind::Other;
  }
  const auto* found = find_by_name(operator_kinds, name);
  return found != std::end(operator_kinds) ? found->kind : PythonKind::Other;
}

const PythonGrammar& python_grammar() {
  static const PythonGrammar the_grammar;
  return the_grammar;
}

}  // namespace reg
