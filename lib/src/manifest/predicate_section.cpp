#include <manifest/section_reader.h>
#include <manifest/table.h>
#include <algorithm>

namespace reg {
namespace {

struct DefinitionSlots {
  const Node *params{}, *expr{}, *fact{}, *all{};
};
constexpr KeyRule<DefinitionSlots> definition_rules[] = {
    {"params", &DefinitionSlots::params, Kinds::Array},
    {"expr", &DefinitionSlots::expr, Kinds::String},
    {"fact", &DefinitionSlots::fact, Kinds::Bool},
    {"all", &DefinitionSlots::all, Kinds::Bool},
};

// Whether a predicate can be called by that name. Asking the parser keeps the rule in one place.
bool is_callable_name(std::string_view name) {
  try {
    const auto calls = Predicate::parse(std::string(name) + "()").calls();
    return calls.size() == 1 && calls.front().name == name;
  } catch (const PredicateError&) {
    return false;
  }
}

// Whether an expression can name a parameter so: a path of one part.
bool is_parameter_name(std::string_view name) {
  if (name.find_first_of(".`") != std::string_view::npos) return false;
  try {
    const auto facts = Predicate::parse(name).facts();
    return facts.size() == 1 && facts.front() == name;
  } catch (const PredicateError&) {
    return false;
  }
}

}  // namespace

void SectionReader::read_predicates(const Element& section) {
  for (const Member& member : *section.node.as<Run<Member>>()) {
    const bool good_name = is_callable_name(member.key);
    if (!good_name) {
      problems_.add(
          section, member.key_at,
          {shown(member.key) + " cannot name a predicate",
           "a name has letters, digits and _, does not begin with a digit, and is no word "
           "of the language"});
    }
    auto definition = read_definition(section.member(member.key, member.value));
    if (!good_name) continue;
    if (definition) {
      out_.predicates.push_back({std::string(member.key), member.key_at, std::move(*definition)});
    } else {
      out_.failed_predicates.insert(std::string(member.key));
    }
  }
}

std::optional<PredicateDefinition> SectionReader::read_definition(const Element& value) {
  if (!expect(problems_, value, Kinds::String | Kinds::Table)) return std::nullopt;
  if (value.node.as<Run<Member>>() != nullptr) return read_definition_table(value);
  auto predicate = predicates_.parse(value);
  if (!predicate) return std::nullopt;
  return PredicateDefinition{{}, std::move(predicate)};
}

std::optional<PredicateDefinition> SectionReader::read_definition_table(const Element& table) {
  const std::size_t before = problems_.count();
  const auto slots = read_table<DefinitionSlots>(problems_, table, definition_rules);
  const bool fact = true_or_false(slots.fact);
  PredicateDefinition definition;
  definition.all = true_or_false(slots.all);
  if (slots.params != nullptr)
    definition.params = read_params(table.member("params", *slots.params));
  if (slots.expr != nullptr) definition.expr = predicates_.parse(table.member("expr", *slots.expr));
  if (problems_.count() != before) return std::nullopt;
  if (fact && (slots.expr != nullptr || slots.params != nullptr)) {
    problems_.add(table, {"\"fact = true\" takes no \"expr\" and no \"params\""});
  } else if (!fact && slots.all != nullptr) {
    problems_.add(table.member("all", *slots.all), {"\"all\" goes with \"fact = true\""});
  } else if (!fact && slots.expr == nullptr) {
    problems_.add(table, {"a predicate needs an \"expr\" or \"fact = true\""});
  }
  if (problems_.count() != before) return std::nullopt;
  return definition;
}

std::vector<std::string> SectionReader::read_params(const Element& params) {
  std::vector<std::string> names;
  each_item(problems_, params, Kinds::String, [&](const Element& item) {
    const std::string_view name = *item.node.as<std::string_view>();
    if (!is_parameter_name(name)) {
      problems_.add(item, {shown(name) + " cannot name a parameter"});
    } else if (std::find(names.begin(), names.end(), name) != names.end()) {
      problems_.add(item, {"the parameter " + shown(name) + " is named twice"});
    } else {
      names.emplace_back(name);
    }
  });
  return names;
}

}  // namespace reg
