#include <manifest/scan_values.h>
#include <manifest/table.h>
#include <reg/symbol.h>
#include <algorithm>
#include <array>
#include <optional>

namespace reg {
namespace {

struct FormSlots {
  const Node *receiver{}, *argument{}, *templates{}, *attribute{};
};
constexpr KeyRule<FormSlots> form_rules[] = {
    {"receiver", &FormSlots::receiver, Kinds::Bool},
    {"argument", &FormSlots::argument, Kinds::Number | Kinds::String | Kinds::Array},
    {"template", &FormSlots::templates, Kinds::Number | Kinds::Array},
    {"attribute", &FormSlots::attribute, Kinds::String},
};

// Code with more arguments than this is not written.
constexpr std::int64_t most_positions = 1000;

bool is_name_start(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool is_name_part(char c) { return is_name_start(c) || (c >= '0' && c <= '9'); }

class ValueReader {
 public:
  ValueReader(Problems& problems, const FormsHere& here) : problems_(problems), here_(here) {}

  ValueFrom read(const Element& value) {
    if (!expect(problems_, value, kinds())) return {};
    if (value.node.as<std::string_view>() != nullptr) {
      text(value);
    } else if (value.node.as<Run<Node>>() != nullptr) {
      texts(value);
    } else {
      table(value);
    }
    return std::move(out_);
  }

 private:
  Kinds kinds() const {
    Kinds kinds = Kinds::Table;
    if (has(here_.of_key, Forms::Text)) kinds = kinds | Kinds::String;
    if (has(here_.of_key, Forms::Texts)) kinds = kinds | Kinds::Array;
    return kinds;
  }

  // Whether it may stand here, said of the key that asks for it.
  bool allowed(const Element& at, std::string_view name, Forms form) {
    if (has(here_.forms, form)) return true;
    const std::string written = "`" + std::string(name) + "`";
    const bool by_key = !has(here_.of_key, form);
    problems_.add(at, {by_key ? "this cannot be taken from " + written
                              : written + " does not go with " + std::string(here_.place)});
    return false;
  }

  void text(const Element& value) {
    const std::string_view given = *value.node.as<std::string_view>();
    const std::string problem = object_name_problem(given);
    if (!problem.empty())
      return problems_.add(value, {shown(given) + " cannot be used: " + problem});
    (out_.given ? out_.more_given.emplace_back() : out_.given.emplace()) = std::string(given);
  }

  void texts(const Element& array) {
    if (array.node.as<Run<Node>>()->size() == 0) problems_.add(array, {"it names nothing"});
    each_item(problems_, array, Kinds::String, [&](const Element& item) { text(item); });
  }

  void table(const Element& value) {
    const std::size_t before = problems_.count();
    const auto slots = read_table<FormSlots>(problems_, value, form_rules);
    if (slots.receiver) receiver(value.member("receiver", *slots.receiver));
    if (slots.argument) arguments(value.member("argument", *slots.argument));
    if (slots.templates) templates(value.member("template", *slots.templates));
    if (slots.attribute) attribute(value.member("attribute", *slots.attribute));
    const int given = (slots.receiver != nullptr) + (slots.argument != nullptr) +
                      (slots.templates != nullptr) + (slots.attribute != nullptr);
    if (problems_.count() != before || given == 1) return;
    problems_.add(value, {"it says " + std::string(given == 0 ? "nothing" : "more than one thing"),
                          "it is one of `receiver`, `argument`, `template`, `attribute`"});
  }

  void receiver(const Element& value) {
    if (!allowed(value, "receiver", Forms::Receiver)) return;
    out_.receiver = *value.node.as<bool>();
    if (!out_.receiver) problems_.add(value, {"it is true or left out"});
  }

  void arguments(const Element& value) {
    if (!allowed(value, "argument", any_argument)) return;
    if (value.node.as<Run<Node>>() == nullptr) return argument(value);
    if (value.node.as<Run<Node>>()->size() == 0) problems_.add(value, {"it names no argument"});
    each_item(problems_, value, Kinds::Number | Kinds::String,
              [&](const Element& item) { argument(item); });
  }

  void argument(const Element& value) {
    if (value.node.as<std::string_view>() == nullptr) {
      if (const auto place = position(value)) out_.arguments.push_back({"", *place});
    } else if (!has(here_.forms, Forms::Keyword)) {
      problems_.add(value, {"arguments have no names in " + std::string(here_.place),
                            "give its position, from 0"});
    } else if (identifier(value)) {
      out_.arguments.push_back({std::string(*value.node.as<std::string_view>()), 0});
    }
  }

  void templates(const Element& value) {
    if (!allowed(value, "template", Forms::Template)) return;
    auto add = [&](const Element& item) {
      if (const auto place = position(item)) out_.templates.push_back(*place);
    };
    if (value.node.as<Run<Node>>() == nullptr) return add(value);
    if (value.node.as<Run<Node>>()->size() == 0) problems_.add(value, {"it names no argument"});
    each_item(problems_, value, Kinds::Number, add);
  }

  void attribute(const Element& value) {
    if (!allowed(value, "attribute", Forms::Attribute) || !identifier(value)) return;
    out_.attribute = std::string(*value.node.as<std::string_view>());
  }

  bool identifier(const Element& value) {
    const std::string_view name = *value.node.as<std::string_view>();
    if (is_identifier(name)) return true;
    problems_.add(value, {name.empty() ? "the name is empty" : shown(name) + " is not a name"});
    return false;
  }

  std::optional<std::size_t> position(const Element& value) {
    const std::int64_t* number = value.node.as<std::int64_t>();
    if (number != nullptr && *number >= 0 && *number < most_positions)
      return static_cast<std::size_t>(*number);
    problems_.add(value, {"a position is a whole number from 0 up to 999"});
    return std::nullopt;
  }

  Problems& problems_;
  const FormsHere& here_;
  ValueFrom out_;
};

}  // namespace

ValueFrom read_value_from(Problems& problems, const Element& value, const FormsHere& here) {
  return ValueReader(problems, here).read(value);
}

bool is_identifier(std::string_view text) {
  return !text.empty() && is_name_start(text[0]) &&
         std::all_of(text.begin(), text.end(), is_name_part);
}

bool is_dotted_name(std::string_view text, Language language) {
  for (;;) {
    const std::string_view part = text.substr(0, text.find_first_of(".:"));
    if (!is_identifier(part)) return false;
    text.remove_prefix(part.size());
    if (text.empty()) return true;
    const bool scoped = language == Language::Cpp && text.starts_with("::");
    if (!scoped && text[0] != '.') return false;
    text.remove_prefix(scoped ? 2 : 1);
  }
}

// `a::b` is kept as `a.b`, as all names are compared.
std::string with_dots(std::string_view name) {
  std::string dotted;
  for (const char c : name) {
    if (c != ':')
      dotted += c;
    else if (dotted.back() != '.')
      dotted += '.';
  }
  return dotted;
}

std::vector<std::string> read_code_names(Problems& problems, const Element& value,
                                         Language language) {
  std::vector<std::string> names;
  each_string(problems, value, [&](const Element& item) {
    const std::string_view name = *item.node.as<std::string_view>();
    if (is_dotted_name(name, language)) return names.push_back(with_dots(name)), void();
    problems.add(item,
                 {name.empty() ? "the name is empty" : shown(name) + " is not a dotted name"});
  });
  const auto* items = value.node.as<Run<Node>>();
  if (items != nullptr && items->size() == 0) problems.add(value, {"it names nothing"});
  return names;
}

}  // namespace reg
