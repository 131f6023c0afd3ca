#include <manifest/fact_reader.h>
#include <manifest/table.h>
#include <predicate/path_text.h>
#include <reg/text.h>
#include <algorithm>
#include <set>

namespace reg {
namespace {

constexpr FieldType all_types[] = {FieldType::String,  FieldType::Int,  FieldType::Number,
                                   FieldType::Bool,    FieldType::List, FieldType::Object,
                                   FieldType::Version, FieldType::Any};

std::vector<std::string> type_names() {
  std::vector<std::string> names;
  for (FieldType type : all_types) names.emplace_back(to_string(type));
  return names;
}

struct FactSlots {
  const Node *type{}, *values{}, *doc{};
};
constexpr KeyRule<FactSlots> fact_rules[] = {
    {"type", &FactSlots::type, Kinds::String, Presence::Required},
    {"values", &FactSlots::values, Kinds::Array},
    {"doc", &FactSlots::doc, Kinds::String},
};

// A path as predicates print it; empty if it is none.
std::string canonical_path(std::string_view text) {
  try {
    return print_path(parse_path(text));
  } catch (const PredicateError&) {
    return {};
  }
}

class FactReader {
 public:
  FactReader(Problems& problems, std::vector<DeclaredFact>& out) : problems_(problems), out_(out) {}

  void read_table(const Element& table, const std::string& before) {
    for (const Member& member : *table.node.as<Run<Member>>()) {
      const Element value = table.member(member.key, member.value);
      const std::string path = before + std::string(member.key);
      if (!expect(problems_, value, Kinds::String | Kinds::Table)) continue;
      if (const auto* members = member.value.as<Run<Member>>(); members && !is_fact(*members)) {
        read_table(value, path + '.');
      } else {
        add(value, member.key_at, path, fact_of(value));
      }
    }
  }

  void read_names(const Element& names) {
    each_item(problems_, names, Kinds::String, [this](const Element& item) {
      add(item, item.node.at, std::string(*item.node.as<std::string_view>()), Fact{});
    });
  }

 private:
  static bool is_fact(const Run<Member>& members) {
    return std::any_of(members.begin(), members.end(),
                       [](const Member& member) { return member.key == "type"; });
  }

  Fact fact_of(const Element& value) {
    Fact fact;
    if (value.node.as<std::string_view>() != nullptr) {
      fact.type = read_type(problems_, value).value_or(FieldType::Any);
      return fact;
    }
    const auto slots = reg::read_table<FactSlots>(problems_, value, fact_rules);
    fact.doc = text_or_empty(slots.doc);
    if (slots.type != nullptr)
      fact.type = read_type(problems_, value.member("type", *slots.type)).value_or(FieldType::Any);
    if (slots.values != nullptr) read_values(value.member("values", *slots.values), fact);
    return fact;
  }

  // A number that is written where a version is expected is one.
  static Json value_of(const Node& node, FieldType type) {
    const Json value = to_json(node);
    const auto version = type == FieldType::Version ? version_text(value) : std::nullopt;
    return version ? Json(*version) : plain_numbers(value);
  }

  void read_values(const Element& values, Fact& fact) {
    constexpr Kinds scalar = Kinds::String | Kinds::Number | Kinds::Bool;
    each_item(problems_, values, scalar, [&](const Element& item) {
      Json value = value_of(item.node, fact.type);
      if (!holds(fact.type, value)) {
        problems_.add(item, {to_text(value) + " is no " + to_string(fact.type)});
      } else {
        fact.values.push_back(std::move(value));
      }
    });
    if (values.node.as<Run<Node>>()->size() == 0)
      problems_.add(values, {"name at least one value"});
  }

  void add(const Element& at, Position place, const std::string& path, Fact fact) {
    fact.path = canonical_path(path);
    if (fact.path.empty()) {
      problems_.add(at, place,
                    {shown(path) + " cannot name a fact",
                     "a path is names with dots between them; one that is no name stands in "
                     "back-ticks"});
    } else if (!paths_.insert(fact.path).second) {
      problems_.add(at, place, {"the fact " + shown(fact.path) + " is named twice"});
    } else {
      out_.push_back({std::move(fact), place});
    }
  }

  Problems& problems_;
  std::vector<DeclaredFact>& out_;
  std::set<std::string> paths_;  // of those in `out_`
};

}  // namespace

std::optional<FieldType> read_type(Problems& problems, const Element& value) {
  if (!expect(problems, value, Kinds::String)) return std::nullopt;
  const std::string_view name = *value.node.as<std::string_view>();
  const auto type = field_type_from(name);
  if (!type) {
    const std::vector<std::string> known = type_names();
    std::string hint = did_you_mean(name, known);
    if (hint.empty()) {
      hint = "the types are";
      for (const std::string& one : known) hint += (&one == &known.front() ? " " : ", ") + one;
    }
    problems.add(value, {"unknown type " + shown(name), std::move(hint)});
  }
  return type;
}

void read_facts(Problems& problems, const Element& context, std::vector<DeclaredFact>& out) {
  FactReader reader(problems, out);
  if (context.node.as<Run<Member>>() != nullptr) {
    reader.read_table(context, "");
  } else {
    reader.read_names(context);
  }
}

}  // namespace reg
