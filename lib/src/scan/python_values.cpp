#include <scan/python_texts.h>
#include <scan/python_values.h>
#include <text/utf8.h>
#include <algorithm>

namespace reg {
namespace {

using Number = PythonTree::Number;
using Kind = PythonKind;

constexpr std::size_t longest_other = 80;

// A table or list whose elements are literals, too.
std::optional<Json> as_literal(Expression&& value) {
  if (value.kind == Expression::Kind::Literal) return std::move(value.value);
  if (value.kind != Expression::Kind::List) return std::nullopt;
  Json list = Json::array();
  for (Expression& item : value.items) {
    std::optional<Json> element = as_literal(std::move(item));
    if (!element) return std::nullopt;
    list.push_back(std::move(*element));
  }
  return list;
}

std::string_view without_quotes(std::string_view text) {
  const std::size_t quote = text.find_first_of("'\"");
  if (quote == std::string_view::npos || text.size() < quote + 2) return {};
  return text.substr(quote + 1, text.size() - quote - 2);
}

}  // namespace

PythonValues::PythonValues(const PythonTree& tree, const Words& words)
    : tree_(tree), words_(words), left_(10'000 + std::size_t{8} * tree.size()) {}

Number PythonValues::inner(Number node) const {
  while (tree_.kind(node) == Kind::ParenthesizedExpression && tree_.has_children(node))
    node = PythonTree::first(node);
  return node;
}

std::string PythonValues::dotted_name(Number node) const {
  std::vector<std::string_view> parts;
  while (tree_.kind(node) == Kind::Attribute) {
    const auto attribute = tree_.child(node, PythonField::Attribute);
    const auto object = tree_.child(node, PythonField::Object);
    if (!attribute || !object) return {};
    parts.push_back(tree_.text_of(*attribute));
    node = *object;
  }
  if (tree_.kind(node) != Kind::Identifier) return {};
  std::string name(tree_.text_of(node));
  for (auto part = parts.rbegin(); part != parts.rend(); ++part) {
    name += '.';
    name += *part;
  }
  return name;
}

std::string_view PythonValues::last_name(Number node) const {
  if (tree_.kind(node) == Kind::Identifier) return tree_.text_of(node);
  if (tree_.kind(node) != Kind::Attribute) return {};
  const auto attribute = tree_.child(node, PythonField::Attribute);
  return attribute ? tree_.text_of(*attribute) : std::string_view();
}

Number PythonValues::innermost_callee(Number call) const {
  while (tree_.kind(call) == Kind::Call && tree_.has_children(call))
    call = inner(PythonTree::first(call));
  return call;
}

bool PythonValues::has_word(Number call) const {
  if (words_.contains(last_name(innermost_callee(call)))) return true;
  for (; tree_.kind(call) == Kind::Call; call = inner(PythonTree::first(call)))
    if (is_given_word(call)) return true;
  return false;
}

// `map(R.register, …)`, `getattr(R, "register")`
bool PythonValues::is_given_word(Number call) const {
  const auto arguments = tree_.child(call, PythonField::Arguments);
  if (!arguments) return false;
  bool found = false;
  tree_.each_child(*arguments, [&](Number each) {
    each = inner(each);
    const std::string_view name =
        tree_.kind(each) == Kind::String ? without_quotes(tree_.text_of(each)) : last_name(each);
    found = found || words_.contains(name);
  });
  return found;
}

std::optional<std::string> PythonValues::text_of_one(Number string) const {
  const auto begin = tree_.child(string, Kind::StringStart);
  const auto end = tree_.child(string, Kind::StringEnd);
  if (!begin || !end || tree_[string].has_error) return std::nullopt;
  const std::string_view start = tree_.text_of(*begin);
  const std::string_view prefix = start.substr(0, start.find_first_of("'\""));
  if (prefix.find_first_of("bBfFtT") != std::string_view::npos) return std::nullopt;
  // The node of the end may have backslashes before it in it.
  const auto quotes = static_cast<std::uint32_t>(start.size() - prefix.size());
  const std::uint32_t from = tree_[*begin].end;
  const std::uint32_t to = tree_[*end].end - quotes;
  if (to < from) return std::nullopt;
  const std::string_view written = tree_.text().substr(from, to - from);
  if (prefix.find_first_of("rR") != std::string_view::npos) return std::string(written);
  return unescaped_python(written);
}

std::optional<std::string> PythonValues::text_of(Number node, std::size_t longest) const {
  std::string all;
  const auto add = [&](Number part) {
    // An escape is at most ten bytes for four.
    const bool may_fit = tree_.text_of(part).size() <= 8 * longest;
    const std::optional<std::string> text =
        may_fit && tree_.kind(part) == Kind::String ? text_of_one(part) : std::nullopt;
    if (text) all += *text;
    return text && all.size() <= longest;
  };
  if (tree_.kind(node) != Kind::ConcatenatedString)
    return add(node) ? std::optional(std::move(all)) : std::nullopt;
  for (Number part = PythonTree::first(node); part < tree_.end(node); part = tree_.next(part))
    if (!add(part)) return std::nullopt;
  return all;
}

std::optional<Json> PythonValues::literal(Number node, std::size_t longest) const {
  switch (tree_.kind(node)) {
    case Kind::String:
    case Kind::ConcatenatedString:
      if (std::optional<std::string> text = text_of(node, longest)) return Json(std::move(*text));
      return std::nullopt;
    case Kind::Integer:
      return python_integer(tree_.text_of(node));
    case Kind::Float:
      return python_float(tree_.text_of(node));
    case Kind::True:
      return Json(true);
    case Kind::False:
      return Json(false);
    case Kind::None:
      return Json(nullptr);
    default:
      return std::nullopt;
  }
}

Expression PythonValues::read(Number node, const KeptOfValue& kept) { return read(node, kept, 0); }

Expression PythonValues::read(Number node, const KeptOfValue& kept, std::size_t depth) {
  Expression out;
  node = inner(node);
  out.at = tree_.position(node);
  if (left_ == 0) {
    if (!exhausted_at_) exhausted_at_ = out.at;
    return out;
  }
  --left_;
  if (depth <= kept.depth && !tree_[node].has_error) fill(out, node, kept, depth);
  if (out.kind == Expression::Kind::Other && out.text.empty()) fill_other(out, node);
  return out;
}

void PythonValues::fill(Expression& out, Number node, const KeptOfValue& kept, std::size_t depth) {
  switch (tree_.kind(node)) {
    case Kind::Identifier:
    case Kind::Attribute:
      out.text = dotted_name(node);
      if (!out.text.empty()) out.kind = Expression::Kind::Name;
      return;
    case Kind::Call:
      return fill_call(out, node, kept, depth);
    case Kind::List:
    case Kind::Tuple:
    case Kind::Set:
    case Kind::ExpressionList:
      return fill_list(out, node, kept, depth);
    case Kind::Dictionary:
      if (kept.tables) fill_table(out, node, kept, depth);
      return;
    case Kind::UnaryOperator:
      return fill_unary(out, node, kept, depth);
    case Kind::NotOperator:
      return fill_not(out, PythonTree::first(node), kept, depth);
    case Kind::BinaryOperator:
      return fill_binary(out, node, kept, depth);
    default:
      break;
  }
  std::optional<Json> value = literal(node, kept.text);
  if (!value) return;
  out.kind = Expression::Kind::Literal;
  out.value = std::move(*value);
}

void PythonValues::fill_call(Expression& out, Number node, const KeptOfValue& kept,
                             std::size_t depth) {
  const auto callee = tree_.child(node, PythonField::Function);
  const auto arguments = tree_.child(node, PythonField::Arguments);
  if (!callee || !arguments) return;
  const bool is_word = words_.contains(last_name(innermost_callee(node)));
  const KeptOfValue& kept_of_this = is_word ? kept_of_registration : kept;
  out.kind = Expression::Kind::Call;
  out.items.push_back(read(*callee, kept_of_this, depth + 1));
  out.arguments = read_arguments(*arguments, kept_of_this, depth + 1);
}

std::vector<Argument> PythonValues::read_arguments(Number list, const KeptOfValue& kept) {
  return read_arguments(list, kept, 0);
}

std::vector<Argument> PythonValues::read_arguments(Number list, const KeptOfValue& kept,
                                                   std::size_t depth) {
  std::vector<Argument> arguments;
  const auto add = [&](std::string_view keyword, Number value) {
    Argument& added = arguments.emplace_back();
    added.keyword = keyword;
    added.value.push_back(read(value, kept, depth));
  };
  // f(x for x in y)
  if (tree_.kind(list) != Kind::ArgumentList) {
    add("", list);
    return arguments;
  }
  tree_.each_child(list, [&](Number each) {
    const auto name = tree_.child(each, PythonField::Name);
    const auto value = tree_.child(each, PythonField::Value);
    const Kind kind = tree_.kind(each);
    if (kind == Kind::KeywordArgument && name && value) return add(tree_.text_of(*name), *value);
    const bool is_spread = kind == Kind::ListSplat || kind == Kind::DictionarySplat;
    if (!is_spread || !tree_.has_children(each)) return add("", each);
    add(kind == Kind::ListSplat ? "*" : "**", PythonTree::first(each));
  });
  return arguments;
}

void PythonValues::fill_list(Expression& out, Number node, const KeptOfValue& kept,
                             std::size_t depth) {
  std::vector<Expression> items;
  for (Number each = PythonTree::first(node); each < tree_.end(node); each = tree_.next(each)) {
    if (items.size() == kept.elements) return;
    items.push_back(read(each, kept, depth + 1));
  }
  out.kind = Expression::Kind::List;
  out.items = std::move(items);
}

void PythonValues::fill_table(Expression& out, Number node, const KeptOfValue& kept,
                              std::size_t depth) {
  Json table = Json::object();
  for (Number pair = PythonTree::first(node); pair < tree_.end(node); pair = tree_.next(pair)) {
    const auto key = tree_.child(pair, PythonField::Key);
    const auto value = tree_.child(pair, PythonField::Value);
    if (tree_.kind(pair) != Kind::Pair || !key || !value || table.size() == kept.elements) return;
    const std::optional<std::string> name = text_of(inner(*key), kept.text);
    if (!name) return;
    std::optional<Json> read_value = as_literal(read(*value, kept, depth + 1));
    if (!read_value) return;
    table[*name] = std::move(*read_value);
  }
  out.kind = Expression::Kind::Literal;
  out.value = std::move(table);
}

void PythonValues::fill_unary(Expression& out, Number node, const KeptOfValue& kept,
                              std::size_t depth) {
  const Number sign = PythonTree::first(node);
  if (sign >= tree_.end(node) || tree_.next(sign) >= tree_.end(node)) return;
  const Number argument = inner(tree_.next(sign));
  if (tree_.kind(sign) == Kind::Invert) return fill_not(out, argument, kept, depth);
  const bool is_number =
      tree_.kind(argument) == Kind::Integer || tree_.kind(argument) == Kind::Float;
  const std::optional<Json> number = is_number ? literal(argument, kept.text) : std::nullopt;
  if (!number || tree_.kind(sign) != Kind::Minus) return;
  if (number->is_number_float()) {
    out.value = -number->get<double>();
  } else {
    const auto magnitude = number->get<std::uint64_t>();
    if (magnitude > std::uint64_t{1} << 63) return;
    out.value = static_cast<std::int64_t>(-magnitude);
  }
  out.kind = Expression::Kind::Literal;
}

void PythonValues::fill_not(Expression& out, Number argument, const KeptOfValue& kept,
                            std::size_t depth) {
  out.kind = Expression::Kind::Not;
  out.items.push_back(read(argument, kept, depth + 1));
}

// `a & b & c` is one of three items. It stands in the tree as `(a & b) & c`, as deep as it is long.
void PythonValues::fill_binary(Expression& out, Number node, const KeptOfValue& kept,
                               std::size_t depth) {
  const auto operator_of = [&](Number each) {
    const auto found = tree_.child(each, PythonField::Operator);
    return found ? tree_.kind(*found) : Kind::Other;
  };
  const Kind joined_by = operator_of(node);
  if (joined_by != Kind::And && joined_by != Kind::Or) return;
  std::vector<Number> operands;
  Number left = node;
  while (tree_.kind(left) == Kind::BinaryOperator && operator_of(left) == joined_by) {
    const auto right = tree_.child(left, PythonField::Right);
    if (!right || operands.size() == kept.elements) return;
    operands.push_back(*right);
    left = PythonTree::first(left);
  }
  operands.push_back(left);
  out.kind = joined_by == Kind::And ? Expression::Kind::And : Expression::Kind::Or;
  for (auto operand = operands.rbegin(); operand != operands.rend(); ++operand)
    out.items.push_back(read(*operand, kept, depth + 1));
}

// An attribute of something that has no name keeps the attribute's name, which readers look at.
void PythonValues::fill_other(Expression& out, Number node) const {
  const std::string_view name = last_name(node);
  const auto object = tree_.child(node, PythonField::Object);
  if (tree_.kind(node) != Kind::Attribute || !object || name.size() > longest_other / 2) {
    out.text = one_line(tree_.text_of(node), longest_other);
    return;
  }
  out.text = one_line(tree_.text_of(*object), longest_other - name.size() - 1);
  out.text += '.';
  out.text += name;
}

}  // namespace reg
