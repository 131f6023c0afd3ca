#include <manifest/table.h>
#include <reg/text.h>
#include <array>

namespace reg {
namespace {

Kinds kind_of(const Node& node) {
  constexpr Kinds kinds[] = {Kinds::Other,  Kinds::Bool,   Kinds::Number, Kinds::Number,
                             Kinds::Number, Kinds::String, Kinds::Array,  Kinds::Table,
                             Kinds::Other,  Kinds::Number};
  static_assert(std::size(kinds) == std::variant_size_v<NodeValue>);
  return kinds[node.value.index()];
}

std::string_view table_noun(ManifestFormat format) {
  return format == ManifestFormat::JsonText ? "an object" : "a table";
}

std::string describe(Kinds kinds, ManifestFormat format) {
  const std::pair<Kinds, std::string_view> nouns[] = {{Kinds::String, "a string"},
                                                      {Kinds::Array, "an array"},
                                                      {Kinds::Table, table_noun(format)},
                                                      {Kinds::Bool, "true or false"},
                                                      {Kinds::Number, "a number"}};
  std::string text;
  for (const auto& [kind, noun] : nouns) {
    if (has(kinds, kind)) text.append(text.empty() ? "" : " or ").append(noun);
  }
  return text;
}

std::string_view describe(const Node& node, ManifestFormat format) {
  switch (type_of(node)) {
    case FieldType::String:
      return "a string";
    case FieldType::Int:
      return "an integer";
    case FieldType::Number:
      return "a number";
    case FieldType::Bool:
      return "a boolean";
    case FieldType::List:
      return "an array";
    case FieldType::Object:
      return table_noun(format);
    case FieldType::Any:
    case FieldType::Version:
      return "null";
  }
  return "null";
}

Problem describe(Flaw flaw) {
  switch (flaw) {
    case Flaw::DateOrTime:
      return {"dates and times are not values of a manifest", "quote it, to make it a string"};
    case Flaw::NotFinite:
      return {"a number must be finite"};
    case Flaw::TooLarge:
      return {"the number is too large for a double"};
  }
  return {};
}

std::string listed(const Names& names) {
  std::string text;
  for (const std::string& name : names) text.append(text.empty() ? "" : ", ").append(name);
  return text;
}

// The members in the order of their keys; those of one key in the order of the source.
std::vector<const Member*> sorted_by_key(Run<Member> members) {
  std::vector<const Member*> sorted;
  for (const Member& member : members) sorted.push_back(&member);
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const Member* a, const Member* b) { return a->key < b->key; });
  return sorted;
}

// Whether it is worth sorting: exact for few members, without an allocation.
bool may_repeat_a_key(Run<Member> members) {
  constexpr std::size_t few = 16;
  if (members.size() > few) return true;
  for (const Member& member : members) {
    auto same = [&](const Member& other) { return other.key == member.key; };
    if (std::any_of(members.begin(), &member, same)) return true;
  }
  return false;
}

void check_keys(Problems& problems, const Element& table, Run<Member> members) {
  if (!may_repeat_a_key(members)) return;
  const auto sorted = sorted_by_key(members);
  for (std::size_t i = 1; i < sorted.size(); ++i) {
    if (sorted[i]->key == sorted[i - 1]->key) {
      problems.add(table, sorted[i]->key_at,
                   {"the key " + shown(sorted[i]->key) + " stands here for the second time"});
    }
  }
}

}  // namespace

bool expect(Problems& problems, const Element& element, Kinds kinds) {
  if (has(kinds, kind_of(element.node))) return true;
  if (element.node.as<Flaw>() == nullptr) {
    problems.add(element, {"expected " + describe(kinds, problems.format()) + ", got " +
                           std::string(describe(element.node, problems.format()))});
  }
  return false;
}

void report_unknown_key(Problems& problems, const Element& table, const Member& member,
                        const Names& known) {
  if (problems.full()) return problems.add(member.key_at, {});
  std::string hint = did_you_mean(member.key, known);
  if (hint.empty()) hint = "the known keys are " + listed(known);
  problems.add(table, member.key_at, {"unknown key " + shown(member.key), std::move(hint)});
}

void report_missing_key(Problems& problems, const Element& table, std::string_view key) {
  problems.add(table, {"the key \"" + std::string(key) + "\" is missing"});
}

void check_tree(Problems& problems, const Element& element) {
  if (auto flaw = element.node.as<Flaw>()) {
    problems.add(element, describe(*flaw));
  } else if (auto items = element.node.as<Run<Node>>()) {
    std::size_t index = 0;
    for (const Node& item : *items) check_tree(problems, element.item(index++, item));
  } else if (auto members = element.node.as<Run<Member>>()) {
    check_keys(problems, element, *members);
    for (const Member& member : *members) {
      check_tree(problems, element.member(member.key, member.value));
    }
  }
}

}  // namespace reg
