#pragma once
// Reads tables by rules: which keys there are, which of them must be, and what their values may be.

#include <manifest/element.h>
#include <manifest/problems.h>
#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace reg {

// A set of kinds of values.
enum class Kinds : std::uint8_t {
  None = 0,
  String = 1,
  Array = 2,
  Table = 4,
  Bool = 8,
  Number = 16,
  Other = 32
};
constexpr Kinds operator|(Kinds a, Kinds b) {
  return static_cast<Kinds>(static_cast<unsigned>(a) | static_cast<unsigned>(b));
}
constexpr bool has(Kinds set, Kinds kind) {
  return (static_cast<unsigned>(set) & static_cast<unsigned>(kind)) != 0;
}

enum class Presence : bool { Optional, Required };

// One key of a table whose values go into the members of `Slots`, a struct of `const Node*`; null
// is "not given".
template <typename Slots>
struct KeyRule {
  std::string_view key;
  const Node* Slots::*slot;
  Kinds kinds;
  Presence presence = Presence::Optional;
};

using Names = std::vector<std::string>;

// Whether the element is of one of these kinds; reports it if not. A value that `check_tree` has
// reported is not reported again.
bool expect(Problems& problems, const Element& element, Kinds kinds);

void report_unknown_key(Problems& problems, const Element& table, const Member& member,
                        const Names& known);
void report_missing_key(Problems& problems, const Element& table, std::string_view key);

// Reports every key that appears twice in a table, and every value that the model has no room for,
// in all of the tree. (TOML's own rules leave only the values.)
void check_tree(Problems& problems, const Element& element);

template <typename Slots>
Names known_keys(std::span<const KeyRule<Slots>> rules) {
  Names names;
  for (const auto& rule : rules) names.emplace_back(rule.key);
  return names;
}

// Reports every rule's key that is required and that the table does not have.
template <typename Slots>
void check_presence(Problems& problems, const Element& table,
                    std::span<const KeyRule<Slots>> rules) {
  const Run<Member>& members = *table.node.as<Run<Member>>();
  for (const auto& rule : rules) {
    if (rule.presence == Presence::Optional) continue;
    auto same = [&](const Member& member) { return member.key == rule.key; };
    if (std::none_of(members.begin(), members.end(), same)) {
      report_missing_key(problems, table, rule.key);
    }
  }
}

// The slots of keys that are missing or of the wrong kind are null.
template <typename Slots>
Slots read_table(Problems& problems, const Element& table, std::span<const KeyRule<Slots>> rules) {
  Slots slots;
  if (!expect(problems, table, Kinds::Table)) return slots;
  for (const Member& member : *table.node.as<Run<Member>>()) {
    auto rule = std::find_if(rules.begin(), rules.end(),
                             [&](const KeyRule<Slots>& r) { return r.key == member.key; });
    if (rule == rules.end()) {
      report_unknown_key(problems, table, member, problems.full() ? Names() : known_keys(rules));
    } else if (expect(problems, table.member(member.key, member.value), rule->kinds)) {
      slots.*rule->slot = &member.value;
    }
  }
  check_presence(problems, table, rules);
  return slots;
}

// The value of a slot, or what stands for "not given".
inline std::string_view text_or_empty(const Node* slot) {
  return slot == nullptr ? std::string_view() : *slot->as<std::string_view>();
}
inline bool true_or_false(const Node* slot) { return slot != nullptr && *slot->as<bool>(); }

// Calls `visit` for the elements of an array that are of one of the kinds, and reports the others.
template <typename Visit>
void each_item(Problems& problems, const Element& array, Kinds kinds, Visit visit) {
  std::size_t index = 0;
  for (const Node& node : *array.node.as<Run<Node>>()) {
    const Element item = array.item(index++, node);
    if (expect(problems, item, kinds)) visit(item);
  }
}

// As `each_item`, for an array of strings or a string alone.
template <typename Visit>
void each_string(Problems& problems, const Element& value, Visit visit) {
  if (value.node.as<std::string_view>() != nullptr) return visit(value);
  each_item(problems, value, Kinds::String, visit);
}

}  // namespace reg
