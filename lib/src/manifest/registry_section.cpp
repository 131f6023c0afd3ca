#include <manifest/name_checks.h>
#include <manifest/section_reader.h>
#include <manifest/table.h>
#include <text/names.h>
#include <algorithm>

namespace reg {
namespace {

struct RegistrySlots {
  const Node *doc{}, *fields{}, *select{};
};
constexpr KeyRule<RegistrySlots> registry_rules[] = {
    {"doc", &RegistrySlots::doc, Kinds::String},
    {"fields", &RegistrySlots::fields, Kinds::Array | Kinds::Table},
    {"select", &RegistrySlots::select, Kinds::String},
};

std::vector<std::string> field_type_names() {
  std::vector<std::string> names;
  for (auto type : {FieldType::String, FieldType::Int, FieldType::Number, FieldType::Bool,
                    FieldType::List, FieldType::Object, FieldType::Any}) {
    names.emplace_back(to_string(type));
  }
  return names;
}

std::optional<FieldType> read_type(Problems& problems, const Element& value) {
  if (!expect(problems, value, Kinds::String)) return std::nullopt;
  const std::string_view name = *value.node.as<std::string_view>();
  const auto type = field_type_from(name);
  if (!type) {
    std::string hint = did_you_mean(name, field_type_names());
    if (hint.empty()) hint = "the types are string, int, number, bool, list, object, any";
    problems.add(value, {"unknown type " + shown(name), std::move(hint)});
  }
  return type;
}

}  // namespace

void SectionReader::read_registries(const Element& section) {
  for (const Member& member : *section.node.as<Run<Member>>()) read_registry(section, member);
}

void SectionReader::read_registry(const Element& table, const Member& member) {
  const std::size_t before = problems_.count();
  const Element value = table.member(member.key, member.value);
  check_registry_name(problems_, table, member.key, member.key_at);
  const auto slots = read_table<RegistrySlots>(problems_, value, registry_rules);
  RegistryDeclaration registry{
      std::string(member.key), member.key_at, std::string(text_or_empty(slots.doc)), {}, {}, {}};
  if (slots.fields != nullptr) read_fields(value.member("fields", *slots.fields), registry.fields);
  if (slots.select != nullptr) {
    registry.select_at = slots.select->at;
    const std::string* text = predicates_.canonical(value.member("select", *slots.select));
    if (text != nullptr) registry.select = *text;
  }
  if (problems_.count() == before) out_.registries.push_back(std::move(registry));
}

void SectionReader::read_fields(const Element& fields, std::vector<Field>& out) {
  if (auto members = fields.node.as<Run<Member>>()) {
    for (const Member& member : *members) {
      const auto type = read_type(problems_, fields.member(member.key, member.value));
      add_field(fields, member.key_at, {std::string(member.key), type.value_or(FieldType::Any)},
                out);
    }
    return;
  }
  each_item(problems_, fields, Kinds::String, [&](const Element& item) {
    add_field(item, item.node.at, {std::string(*item.node.as<std::string_view>())}, out);
  });
}

void SectionReader::add_field(const Element& at, Position place, Field field,
                              std::vector<Field>& out) {
  const std::string problem = field_name_problem(field.name);
  const bool repeated = std::any_of(out.begin(), out.end(),
                                    [&](const Field& other) { return other.name == field.name; });
  if (!problem.empty()) {
    problems_.add(at, place, {problem});
  } else if (repeated) {
    // Keys that repeat in a table have been reported.
    if (at.in_array)
      problems_.add(at, place, {"the field " + shown(field.name) + " is named twice"});
  } else {
    out.push_back(std::move(field));
  }
}

}  // namespace reg
