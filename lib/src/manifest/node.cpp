#include <manifest/node.h>
#include <text/json_text.h>
#include <text/kept_number.h>
#include <algorithm>
#include <charconv>
#include <type_traits>

namespace reg {
namespace {

template <typename... Cases>
struct Overloaded : Cases... {
  using Cases::operator()...;
};
template <typename... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;

template <typename Integer>
void append_integer(std::string& out, Integer value) {
  char digits[24];
  out.append(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
}

double value_of(KeptNumber number) {
  double value = 0;
  std::from_chars(number.text.data(), number.text.data() + number.text.size(), value);
  return value;
}

bool by_key(const Member* a, const Member* b) { return a->key < b->key; }

Json list_to_json(Run<Node> items) {
  Json list = Json::array();
  for (const Node& item : items) list.push_back(to_json(item));
  return list;
}

Json table_to_json(Run<Member> members) {
  Json object = Json::object();
  for (const Member& member : members) {
    object.emplace(std::string(member.key), to_json(member.value));
  }
  return object;
}

}  // namespace

NodeValue number_value(double value, std::string_view text) {
  // Others are written as they are printed, or as no version.
  const bool may_differ = text.ends_with('0') || text.size() > 15;
  if (may_differ && is_kept_number(number_of(text, value))) return KeptNumber{text};
  return value;
}

FieldType type_of(const Node& node) {
  constexpr FieldType types[] = {
      FieldType::Any,    FieldType::Bool, FieldType::Int,    FieldType::Int, FieldType::Number,
      FieldType::String, FieldType::List, FieldType::Object, FieldType::Any, FieldType::Number};
  static_assert(std::size(types) == std::variant_size_v<NodeValue>);
  return types[node.value.index()];
}

std::optional<double> number_of(const Node& node) {
  if (auto integer = node.as<std::int64_t>()) return static_cast<double>(*integer);
  if (auto natural = node.as<std::uint64_t>()) return static_cast<double>(*natural);
  if (auto number = node.as<double>()) return *number;
  if (auto number = node.as<KeptNumber>()) return value_of(*number);
  return std::nullopt;
}

Json to_json(const Node& node) {
  return std::visit(
      Overloaded{[](Null) { return Json(); }, [](Flaw) { return Json(); },
                 [](std::string_view text) { return Json(std::string(text)); },
                 [](KeptNumber number) { return number_of(number.text, value_of(number)); },
                 [](Run<Node> items) { return list_to_json(items); },
                 [](Run<Member> members) { return table_to_json(members); },
                 [](auto scalar) { return Json(scalar); }},
      node.value);
}

void CanonicalWriter::append(std::string& out, const Node& node) {
  std::visit(Overloaded{[&](Null) { out += "null"; }, [&](Flaw) { out += "null"; },
                        [&](bool value) { out += value ? "true" : "false"; },
                        [&](double value) { append_number(out, value); },
                        [&](KeptNumber number) { append_number(out, value_of(number)); },
                        [&](std::string_view text) { append_quoted(out, text); },
                        [&](Run<Node> items) { append_list(out, items); },
                        [&](Run<Member> members) { append_table(out, members); },
                        [&](auto integer) { append_integer(out, integer); }},
             node.value);
}

void CanonicalWriter::append_list(std::string& out, Run<Node> items) {
  out += '[';
  for (const Node& item : items) {
    if (&item != items.begin()) out += ',';
    append(out, item);
  }
  out += ']';
}

void CanonicalWriter::append_table(std::string& out, Run<Member> members) {
  out += '{';
  const std::size_t first = push_sorted(members);
  for (std::size_t i = first; i < first + members.size(); ++i) {
    if (i != first) out += ',';
    append_quoted(out, stack_[i]->key);
    out += ':';
    append(out, stack_[i]->value);
  }
  stack_.resize(first);
  out += '}';
}

std::size_t CanonicalWriter::push_sorted(Run<Member> members) {
  const std::size_t first = stack_.size();
  for (const Member& member : members) stack_.push_back(&member);
  std::sort(stack_.begin() + static_cast<std::ptrdiff_t>(first), stack_.end(), by_key);
  return first;
}

std::vector<const Member*>& CanonicalWriter::sorted(Run<Member> members) {
  const std::size_t first = push_sorted(members);
  top_.assign(stack_.begin() + static_cast<std::ptrdiff_t>(first), stack_.end());
  stack_.resize(first);
  return top_;
}

}  // namespace reg
