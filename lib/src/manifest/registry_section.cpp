#include <manifest/fact_reader.h>
#include <manifest/name_checks.h>
#include <manifest/section_reader.h>
#include <manifest/table.h>
#include <predicate/origin.h>
#include <span>

namespace reg {

struct SectionReader::RegistrySlots {
  const Node *doc{}, *fields{}, *context{}, *select{};

  static const KeyRule<RegistrySlots> rules[4];
};

// The last is not for what is published.
const KeyRule<SectionReader::RegistrySlots> SectionReader::RegistrySlots::rules[4] = {
    {"doc", &RegistrySlots::doc, Kinds::String},
    {"fields", &RegistrySlots::fields, Kinds::Array | Kinds::Table},
    {"context", &RegistrySlots::context, Kinds::Array | Kinds::Table},
    {"select", &RegistrySlots::select, Kinds::String},
};

void SectionReader::read_registries(const Element& section) {
  for (const Member& member : *section.node.as<Run<Member>>())
    read_registry(section, member, RegistryKeys::All);
}

void SectionReader::read_published_registries(const Element& section) {
  for (const Member& member : *section.node.as<Run<Member>>())
    read_registry(section, member, RegistryKeys::Published);
}

void SectionReader::read_registry(const Element& table, const Member& member, RegistryKeys keys) {
  const Element value = table.member(member.key, member.value);
  if (!check_registry_name(problems_, table, member.key, member.key_at)) return;
  std::span<const KeyRule<RegistrySlots>> rules = RegistrySlots::rules;
  if (keys == RegistryKeys::Published) rules = rules.first(rules.size() - 1);
  const auto slots = read_table<RegistrySlots>(problems_, value, rules);
  RegistryDeclaration registry;
  registry.name = member.key;
  registry.at = member.key_at;
  registry.doc = text_or_empty(slots.doc);
  if (slots.fields != nullptr) read_fields(value.member("fields", *slots.fields), registry.fields);
  if (slots.context != nullptr) {
    // What is known of a context in part would make errors of the facts that are missing.
    const std::size_t before = problems_.count();
    read_facts(problems_, value.member("context", *slots.context), registry.context);
    if (problems_.count() != before) registry.context.clear();
  }
  if (slots.select != nullptr) {
    registry.select_at = slots.select->at;
    const KnownPredicate* known = predicates_.known(value.member("select", *slots.select));
    if (known != nullptr) registry.select = known->text;
  }
  registry.select_failed = slots.select != nullptr && !registry.select;
  out_.registries.push_back(std::move(registry));
}

void SectionReader::read_fields(const Element& fields, std::vector<DeclaredField>& out) {
  std::set<std::string> names;
  if (auto members = fields.node.as<Run<Member>>()) {
    for (const Member& member : *members) {
      const auto type = read_type(problems_, fields.member(member.key, member.value));
      DeclaredField declared{{std::string(member.key), type.value_or(FieldType::Any)},
                             member.key_at};
      if (takes_field(fields, declared, names)) out.push_back(std::move(declared));
    }
    return;
  }
  each_item(problems_, fields, Kinds::String, [&](const Element& item) {
    DeclaredField declared{{std::string(*item.node.as<std::string_view>())}, item.node.at};
    if (takes_field(item, declared, names)) out.push_back(std::move(declared));
  });
}

bool SectionReader::takes_field(const Element& at, const DeclaredField& declared,
                                std::set<std::string>& names) {
  const std::string& name = declared.field.name;
  if (const std::string problem = field_name_problem(name); !problem.empty()) {
    const bool is_taken = ast::is_of_origin(name);
    problems_.add(at, declared.at,
                  {problem, is_taken ? "rename it: self.origin tells whose a symbol is" : ""});
    return false;
  }
  if (names.insert(name).second) return true;
  // Keys that repeat in a table have been reported.
  if (at.in_array) problems_.add(at, declared.at, {"the field " + shown(name) + " is named twice"});
  return false;
}

}  // namespace reg
