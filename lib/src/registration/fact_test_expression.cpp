#include <predicate/path_text.h>
#include <predicate/print.h>
#include <predicate/typing.h>
#include <registration/fact_test_expression.h>
#include <algorithm>

namespace reg {
namespace {

using ast::Literal;
using ast::Operand;
using ast::Operator;
using ast::Path;

Predicate compared(Operand left, Operator op, Operand right) {
  return ast::make(ast::Comparison{std::move(left), op, std::move(right)});
}
Predicate any_of(std::vector<Predicate> parts) {
  if (parts.size() == 1) return parts.front();
  return ast::join<ast::Disjunction>(std::move(parts));
}

// Those of ASCII, and U+0080 to U+009F, which no name in back-ticks has either.
bool has_control_character(std::string_view text) {
  unsigned char before = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F || (before == 0xC2 && byte < 0xA0)) return true;
    before = byte;
  }
  return false;
}

// A fact may be missing, an object of grades, or anything else, and each part of what is written
// here is 0 for all but one of these.
class Test {
 public:
  Test(const std::string& fact, const std::vector<Fact>& context) : fact_(fact) {
    const std::string printed = print_path({&fact, 1});
    if (const Fact* declared = ast::covering(context, printed)) type_ = declared->type;
    for (const Fact& each : context) {
      const std::vector<std::string> names = parse_path(each.path);
      if (names.size() > 1 && names.front() == fact) refuse("it is declared in parts");
    }
  }

  Predicate whole(ast::All all, std::span<const TestArgument> arguments) const {
    if (arguments.empty()) return without_arguments();
    if (all == ast::All::No) return one_of(arguments);
    std::vector<Predicate> parts;
    for (const TestArgument& each : arguments) parts.push_back(one_of({&each, 1}));
    if (parts.size() == 1) return parts.front();
    // One summand, whatever it is added to.
    return any_of(
        {ast::join<ast::Conjunction>(std::move(parts)), ast::make(ast::Bare{Literal{false}})});
  }

 private:
  [[noreturn]] void refuse(const std::string& why) const {
    throw InputError("it calls `" + fact_ + "()`, which no expression can say: " + why,
                     "declare that fact, and its type, in the registry's context");
  }

  bool may_be_object() const { return type_ == FieldType::Any || type_ == FieldType::Object; }
  bool may_be_list() const { return type_ == FieldType::Any || type_ == FieldType::List; }

  Path here() const { return {ast::Scope::Context, {fact_}}; }
  Path under(const std::string& key) const { return {ast::Scope::Context, {fact_, key}}; }

  Predicate without_arguments() const {
    if (may_be_object()) refuse("it may be an object of any grades");
    return ast::make(ast::Bare{here()});
  }

  Predicate one_of(std::span<const TestArgument> arguments) const {
    std::vector<Predicate> parts;
    std::vector<std::string> keys;
    for (const TestArgument& each : arguments) {
      if (each.value == nullptr && may_be_object()) refuse("which grade it asks for is a fact");
      add_equal(each, parts);
      if (each.value == nullptr || !each.value->is_string() || !may_be_object()) continue;
      const auto& key = each.value->get_ref<const std::string&>();
      if (key.empty() || has_control_character(key)) refuse("a grade has no name");
      if (std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(key);
    }
    for (const std::string& key : keys) parts.push_back(greatest(key, keys));
    for (const std::string& key : keys)
      parts.push_back(compared(under(key), Operator::Equal, Literal{true}));
    if (parts.empty()) return ast::make(ast::Bare{Literal{false}});
    return any_of(std::move(parts));
  }

  // Where the fact is no object. What its type rules out is left out: it is an error to ask.
  void add_equal(const TestArgument& argument, std::vector<Predicate>& parts) const {
    const bool is_list = argument.value != nullptr && argument.value->is_array();
    const bool may_equal = argument.value == nullptr || type_ == FieldType::Any ||
                           (is_list ? type_ == FieldType::List : type_ != FieldType::List);
    const bool is_object = argument.value != nullptr && argument.value->is_object();
    if (may_equal && !is_object && type_ != FieldType::Object)
      parts.push_back(compared(here(), Operator::Equal, argument.operand));
    if (may_be_list()) parts.push_back(element(argument));
  }

  // `in` asks texts for parts and objects for keys, too.
  Predicate element(const TestArgument& argument) const {
    Predicate in = compared(argument.operand, Operator::In, here());
    const bool may_be_text = argument.value == nullptr || argument.value->is_string();
    if (type_ == FieldType::List || !may_be_text) return in;
    const auto& key = argument.value->get_ref<const std::string&>();
    if (key.empty() || has_control_character(key)) refuse("a grade has no name");
    return ~any_of({compared(here(), Operator::GreaterEqual, Literal{""}),
                    ast::make(ast::Presence{under(key)}), ~in});
  }

  // The grade under a key, where it is a number and none of the others is greater. Grades that are
  // `true` count as 1.
  Predicate greatest(const std::string& key, const std::vector<std::string>& keys) const {
    const Predicate counts = compared(under(key), Operator::Greater, Literal{0});
    std::vector<Predicate> lesser = {~counts};
    for (const std::string& other : keys) {
      if (other == key) continue;
      lesser.push_back(compared(under(other), Operator::Greater, under(key)));
      lesser.push_back(
          ast::join<ast::Conjunction>({compared(under(other), Operator::Equal, Literal{true}),
                                       compared(under(key), Operator::Less, Literal{1})}));
    }
    const Predicate is_greatest = lesser.size() == 1 ? counts : ~any_of(std::move(lesser));
    // 1 and -1 are 0, to which the grade is added.
    return ast::join<ast::Conjunction>(
        {is_greatest, Predicate::yes(-1), ast::make(ast::Rank{under(key)})});
  }

  const std::string& fact_;
  FieldType type_ = FieldType::Any;
};

}  // namespace

Predicate fact_test_expression(const std::string& fact, ast::All all,
                               std::span<const TestArgument> arguments,
                               const std::vector<Fact>& context) {
  return Test(fact, context).whole(all, arguments);
}

}  // namespace reg
