#include <manifest/name_checks.h>
#include <manifest/section_reader.h>
#include <manifest/table.h>
#include <reg/text.h>
#include <algorithm>
#include <set>

namespace reg {
namespace {

struct UnregisterSlots {
  const Node *registry{}, *oid{}, *target{};
};
constexpr KeyRule<UnregisterSlots> unregister_rules[] = {
    {"registry", &UnregisterSlots::registry, Kinds::String, Presence::Required},
    {"oid", &UnregisterSlots::oid, Kinds::String, Presence::Required},
    {"target", &UnregisterSlots::target, Kinds::String, Presence::Required},
};

struct MatchSlots {
  const Node *registry{}, *from{}, *include{}, *exclude{};
};
constexpr KeyRule<MatchSlots> match_rules[] = {
    {"registry", &MatchSlots::registry, Kinds::String, Presence::Required},
    {"from", &MatchSlots::from, Kinds::String, Presence::Required},
    {"include", &MatchSlots::include, Kinds::Array},
    {"exclude", &MatchSlots::exclude, Kinds::Array},
};

struct MergeSlots {
  const Node *into{}, *from{}, *force{};
};
constexpr KeyRule<MergeSlots> merge_rules[] = {
    {"into", &MergeSlots::into, Kinds::String, Presence::Required},
    {"from", &MergeSlots::from, Kinds::String | Kinds::Array, Presence::Required},
    {"force", &MergeSlots::force, Kinds::Bool},
};

struct PinSlots {
  const Node *registry{}, *oid{}, *target{}, *reason{};
};
constexpr KeyRule<PinSlots> pin_rules[] = {
    {"registry", &PinSlots::registry, Kinds::String, Presence::Required},
    {"oid", &PinSlots::oid, Kinds::String, Presence::Required},
    {"target", &PinSlots::target, Kinds::String, Presence::Required},
    {"reason", &PinSlots::reason, Kinds::String, Presence::Required},
};

std::string text_of(const Node* slot) { return std::string(text_or_empty(slot)); }

std::vector<std::string> strings_of(Problems& problems, const Element& table, std::string_view key,
                                    const Node* slot) {
  std::vector<std::string> strings;
  if (slot == nullptr) return strings;
  each_string(problems, table.member(key, *slot),
              [&](const Element& item) { strings.push_back(text_of(&item.node)); });
  return strings;
}

}  // namespace

void SectionReader::read_unregister(const Element& section) {
  each_item(problems_, section, Kinds::Table, [this](const Element& table) {
    const std::size_t before = problems_.count();
    const auto slots = read_table<UnregisterSlots>(problems_, table, unregister_rules);
    if (slots.registry) check_registry_name(problems_, table.member("registry", *slots.registry));
    if (slots.oid) check_oid(problems_, table.member("oid", *slots.oid));
    if (slots.target) check_target(problems_, table.member("target", *slots.target));
    if (problems_.count() != before) return;
    out_.unregistrations.push_back(
        {text_of(slots.registry), text_of(slots.oid), text_of(slots.target), table.node.at});
  });
}

void SectionReader::read_match(const Element& section) {
  each_item(problems_, section, Kinds::Table, [this](const Element& table) {
    const std::size_t before = problems_.count();
    const auto slots = read_table<MatchSlots>(problems_, table, match_rules);
    if (slots.registry) check_registry_name(problems_, table.member("registry", *slots.registry));
    if (slots.from) check_target(problems_, table.member("from", *slots.from));
    Match match{text_of(slots.registry), text_of(slots.from),
                strings_of(problems_, table, "include", slots.include),
                strings_of(problems_, table, "exclude", slots.exclude), table.node.at};
    if (problems_.count() == before) out_.matches.push_back(std::move(match));
  });
}

void SectionReader::read_merge(const Element& section) {
  each_item(problems_, section, Kinds::Table, [this](const Element& table) {
    const std::size_t before = problems_.count();
    const auto slots = read_table<MergeSlots>(problems_, table, merge_rules);
    if (slots.into) check_registry_name(problems_, table.member("into", *slots.into));
    Merge merge{text_of(slots.into), {}, true_or_false(slots.force), table.node.at};
    if (slots.from != nullptr) {
      each_string(problems_, table.member("from", *slots.from), [&](const Element& name) {
        if (check_registry_name(problems_, name)) merge.from.push_back(text_of(&name.node));
      });
    }
    if (problems_.count() == before) out_.merges.push_back(std::move(merge));
  });
}

void SectionReader::read_pins(const Element& section) {
  std::set<std::pair<std::string, std::string>> pinned;
  each_item(problems_, section, Kinds::Table, [&](const Element& table) {
    auto pin = read_pin(table);
    if (!pin) return;
    if (pinned.emplace(pin->registry, pin->pin.oid).second) return out_.pins.push_back(*pin);
    problems_.add(table, {pin->registry + '/' + pin->pin.oid + " is pinned twice",
                          "only one implementation of an oid can win wherever it applies"});
  });
}

std::optional<PinDeclaration> SectionReader::read_pin(const Element& table) {
  const std::size_t before = problems_.count();
  const auto slots = read_table<PinSlots>(problems_, table, pin_rules);
  if (slots.registry) check_registry_name(problems_, table.member("registry", *slots.registry));
  if (slots.oid) check_oid(problems_, table.member("oid", *slots.oid));
  if (slots.target) check_target(problems_, table.member("target", *slots.target));
  if (slots.reason) check_pin_reason(problems_, table.member("reason", *slots.reason));
  if (problems_.count() != before) return std::nullopt;
  return PinDeclaration{text_of(slots.registry),
                        {text_of(slots.oid), text_of(slots.target), text_of(slots.reason)},
                        table.node.at};
}

}  // namespace reg
