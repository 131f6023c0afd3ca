#include <manifest/idiom_reader.h>
#include <manifest/name_checks.h>
#include <manifest/scan_values.h>
#include <manifest/table.h>
#include <reg/symbol.h>
#include <reg/text.h>
#include <algorithm>
#include <array>

namespace reg {
namespace {

using Form = Idiom::Form;

constexpr IdiomKey keys[] = {
    {"language", &IdiomSlots::language}, {"decorator", &IdiomSlots::decorator},
    {"call", &IdiomSlots::call},         {"class", &IdiomSlots::klass},
    {"macro", &IdiomSlots::macro},       {"bare", &IdiomSlots::bare},
    {"registry", &IdiomSlots::registry}, {"oid", &IdiomSlots::oid},
    {"target", &IdiomSlots::target},     {"force", &IdiomSlots::force},
    {"each", &IdiomSlots::each},         {"match", &IdiomSlots::match},
    {"merge", &IdiomSlots::merge},       {"info", &IdiomSlots::info},
    {"define", &IdiomSlots::define},
};

// What registrations are recognised by, and what goes with it.
struct FormRule {
  Language language;
  Form form;
  std::string_view key;
  std::string_view place;  // for messages
  Forms forms;             // that values may have
  std::string_view takes;  // other keys, each between spaces
};
constexpr FormRule form_rules[] = {
    {Language::Python, Form::Decorator, "decorator", "a decorator",
     Forms::Text | Forms::Texts | Forms::Receiver | any_argument,
     " bare registry oid target force info define "},
    {Language::Python, Form::Call, "call", "a call in Python",
     Forms::Text | Forms::Texts | Forms::Receiver | any_argument,
     " registry oid target force each match merge info define "},
    {Language::Python, Form::Class, "class", "a class",
     Forms::Text | Forms::Texts | Forms::Attribute, " registry oid define "},
    {Language::Python, Form::Nothing, "", "", Forms::None, " define "},
    {Language::Cpp, Form::Macro, "macro", "a macro", Forms::Text | Forms::Texts | Forms::Position,
     " registry oid target "},
    {Language::Cpp, Form::Call, "call", "a call in C++",
     Forms::Text | Forms::Texts | Forms::Position | Forms::Template, " registry oid target "},
    {Language::Cpp, Form::Nothing, "", "", Forms::None, " "},
};

constexpr Forms of_registry =
    Forms::Text | Forms::Receiver | any_argument | Forms::Template | Forms::Attribute;
constexpr Forms of_oid =
    Forms::Text | Forms::Texts | any_argument | Forms::Template | Forms::Attribute;
constexpr Forms of_target = any_argument | Forms::Template;
constexpr Forms of_name = Forms::Text | any_argument;

struct InfoSlots {
  const Node *all{}, *each{};
};
constexpr KeyRule<InfoSlots> info_rules[] = {
    {"*", &InfoSlots::all, Kinds::Bool},
    {"each", &InfoSlots::each, Kinds::Table},
};

struct DefineSlots {
  const Node *call{}, *name{}, *fields{}, *scope{};
};
constexpr KeyRule<DefineSlots> define_rules[] = {
    {"call", &DefineSlots::call, Kinds::String | Kinds::Array, Presence::Required},
    {"name", &DefineSlots::name, Kinds::String | Kinds::Table},
    {"fields", &DefineSlots::fields, Kinds::Table},
    {"scope", &DefineSlots::scope, Kinds::String | Kinds::Table},
};

std::string quoted(std::string_view key) { return "`" + std::string(key) + "`"; }

class IdiomReader {
 public:
  IdiomReader(Problems& problems, const Element& table, const IdiomSlots& slots)
      : problems_(problems), table_(table), slots_(slots) {}

  Idiom read() {
    out_.at = table_.node.at;
    rule_ = find_rule();
    if (rule_ == nullptr) return std::move(out_);
    out_.language = rule_->language;
    out_.form = rule_->form;
    const std::size_t before = problems_.count();
    refuse_keys();
    if (problems_.count() != before) return std::move(out_);
    read_names();
    read_values();
    if (slots_.info) read_info(element("info", slots_.info));
    if (slots_.define) read_definition(element("define", slots_.define));
    check_company();
    return std::move(out_);
  }

 private:
  Element element(std::string_view key, const Node* slot) const {
    return table_.member(key, *slot);
  }

  std::vector<IdiomKey> forms_given() const {
    std::vector<IdiomKey> given;
    for (const IdiomKey& key : keys) {
      const bool is_form = std::any_of(std::begin(form_rules), std::end(form_rules),
                                       [&](const FormRule& rule) { return rule.key == key.key; });
      if (is_form && slots_.*key.slot != nullptr) given.push_back(key);
    }
    return given;
  }

  const FormRule* find_rule() {
    const auto given = forms_given();
    const auto language = read_language(given);
    if (given.size() > 1) {
      const Element second = element(given[1].key, slots_.*given[1].slot);
      problems_.add(second, {"there is " + quoted(given[0].key) + " already",
                             "another [[scan]] can have it"});
    }
    if (!language || given.size() > 1) return nullptr;
    const std::string_view key = given.empty() ? std::string_view() : given[0].key;
    for (const FormRule& rule : form_rules)
      if (rule.language == *language && rule.key == key) return &rule;
    problems_.add(element(key, slots_.*given[0].slot),
                  {*language == Language::Cpp ? "this is of Python, and the language is \"cpp\""
                                              : "this is of C++, and the language is \"python\""});
    return nullptr;
  }

  std::optional<Language> read_language(const std::vector<IdiomKey>& given) {
    if (slots_.language == nullptr) {
      const std::string_view form = given.empty() ? std::string_view() : given[0].key;
      const std::string hint = form == "macro"  ? "language = \"cpp\""
                               : form == "call" ? "it is one of python, cpp"
                                                : "language = \"python\"";
      problems_.add(table_, {"the key \"language\" is missing", hint});
      return std::nullopt;
    }
    const std::string_view name = *slots_.language->as<std::string_view>();
    if (name == "python") return Language::Python;
    if (name == "cpp") return Language::Cpp;
    problems_.add(element("language", slots_.language),
                  {"there is no " + shown(name) + "; it is one of python, cpp",
                   did_you_mean(name, {"python", "cpp"})});
    return std::nullopt;
  }

  void refuse_keys() {
    for (const IdiomKey& key : keys) {
      if (slots_.*key.slot == nullptr || key.key == "language" || key.key == rule_->key) continue;
      const std::string between = " " + std::string(key.key) + " ";
      if (rule_->takes.find(between) != std::string_view::npos) continue;
      problems_.add(element(key.key, slots_.*key.slot), {why_not()});
    }
  }

  std::string why_not() const {
    if (rule_->form != Form::Nothing) return "this does not go with " + std::string(rule_->place);
    return rule_->language == Language::Cpp ? "this needs a `macro` or `call`"
                                            : "this needs a `decorator`, `call` or `class`";
  }

  void read_names() {
    for (const IdiomKey& key : keys) {
      if (key.key != rule_->key) continue;
      const Element names = element(key.key, slots_.*key.slot);
      out_.names = read_code_names(problems_, names, out_.language);
    }
    if (slots_.bare) read_bare(element("bare", slots_.bare));
  }

  void read_bare(const Element& value) {
    const std::string_view name = *value.node.as<std::string_view>();
    const std::pair<std::string_view, Bare> known[] = {
        {"either", Bare::Either}, {"never", Bare::Never}, {"only", Bare::Only}};
    for (const auto& [text, bare] : known)
      if (text == name) return out_.bare = bare, void();
    problems_.add(value, {"there is no " + shown(name) + "; it is one of either, never, only",
                          did_you_mean(name, {"either", "never", "only"})});
  }

  ValueFrom value(std::string_view key, const Node* slot, Forms of_key) {
    if (slot == nullptr) return {};
    return read_value_from(problems_, element(key, slot),
                           {rule_->forms & of_key, of_key, rule_->place});
  }

  void read_values() {
    const bool named = slots_.registry && slots_.registry->as<std::string_view>() != nullptr;
    if (!named || check_registry_name(problems_, element("registry", slots_.registry)))
      out_.registry = value("registry", slots_.registry, of_registry);
    out_.oid = value("oid", slots_.oid, of_oid);
    out_.target = value("target", slots_.target, of_target);
    out_.force = value("force", slots_.force, any_argument);
    out_.each = value("each", slots_.each, any_argument);
    out_.match = value("match", slots_.match, any_argument);
    out_.merge = value("merge", slots_.merge, any_argument);
    if (slots_.match) out_.does = Idiom::Does::Matches;
    if (slots_.merge) out_.does = Idiom::Does::Merges;
  }

  void read_info(const Element& value) {
    if (!expect(problems_, value, Kinds::Table | Kinds::Array)) return;
    if (value.node.as<Run<Node>>() != nullptr) return read_info_names(value);
    const auto slots = read_table<InfoSlots>(problems_, value, info_rules);
    if (slots.all && *slots.all->as<bool>()) out_.info.which = InfoFrom::Which::All;
    if (slots.each == nullptr) return;
    const Element each = value.member("each", *slots.each);
    out_.info.each = read_value_from(problems_, each, {any_argument, any_argument, rule_->place});
    if (slots_.each == nullptr)
      problems_.add(each, {"there is no `each`, whose elements this would tell of"});
  }

  void read_info_names(const Element& array) {
    out_.info.which = InfoFrom::Which::Named;
    each_item(problems_, array, Kinds::String, [&](const Element& item) {
      const std::string_view name = *item.node.as<std::string_view>();
      const std::string problem = field_name_problem(name);
      if (!problem.empty()) problems_.add(item, {shown(name) + " cannot name a field: " + problem});
      out_.info.names.emplace_back(name);
    });
  }

  // The name is the first argument of every such class that is known, so it can be left out.
  void read_definition(const Element& value) {
    if (!expect(problems_, value, Kinds::Table)) return;
    const auto slots = read_table<DefineSlots>(problems_, value, define_rules);
    DefinitionFrom& define = out_.define.emplace();
    if (slots.call)
      define.calls = read_code_names(problems_, value.member("call", *slots.call), out_.language);
    auto part = [&](std::string_view key, const Node* slot, Forms forms) {
      if (slot == nullptr) return ValueFrom();
      return read_value_from(problems_, value.member(key, *slot), {forms, forms, "a definition"});
    };
    define.name = part("name", slots.name, of_name);
    define.fields = part("fields", slots.fields, any_argument);
    define.scope = part("scope", slots.scope, of_name);
    if (slots.name == nullptr) define.name.arguments = {{"name", 0}, {"", 0}};
  }

  void check_company() {
    if (out_.form == Form::Nothing) return;
    refuse_two_deeds();
    // What a [[scan]] defines is what its methods belong to.
    if (!slots_.registry && slots_.define) out_.registry.receiver = true;
    if (!slots_.registry && !slots_.define) missing_registry();
    if (needs_target() && !slots_.target)
      problems_.add(table_, {"the key \"target\" is missing", target_hint()});
  }

  void refuse_two_deeds() {
    const std::pair<std::string_view, const Node*> given[] = {
        {"match", slots_.match},   {"merge", slots_.merge}, {"each", slots_.each},
        {"target", slots_.target}, {"oid", slots_.oid},     {"info", slots_.info}};
    const auto* deed = slots_.match ? &given[0] : slots_.merge ? &given[1] : nullptr;
    if (deed == nullptr && slots_.each && slots_.target) deed = &given[2];
    if (deed == nullptr) return;
    for (const auto& other : given) {
      if (other.second == nullptr || &other == deed) continue;
      if (deed == &given[2] && other.first != "target") continue;
      problems_.add(element(other.first, other.second),
                    {"this does not go with " + quoted(deed->first)});
    }
  }

  bool needs_target() const {
    if (out_.language == Language::Cpp) return true;
    return out_.form == Form::Call && !slots_.each && !slots_.match && !slots_.merge;
  }

  std::string target_hint() const {
    if (out_.language == Language::Python)
      return "target = { argument = 0 }, or `each`, `match`, `merge`";
    return out_.form == Form::Macro ? "target = { argument = 0 }" : "target = { template = 0 }";
  }

  void missing_registry() {
    std::string hint = "a name";
    if (has(rule_->forms, Forms::Receiver)) hint += ", or { receiver = true } for a method of one";
    if (has(rule_->forms, Forms::Position)) hint += ", or { argument = 1 }";
    if (has(rule_->forms, Forms::Attribute)) hint += ", or { attribute = \"__registry__\" }";
    problems_.add(table_, {"the key \"registry\" is missing", hint});
  }

  Problems& problems_;
  const Element& table_;
  const IdiomSlots& slots_;
  const FormRule* rule_ = nullptr;
  Idiom out_;
};

}  // namespace

const IdiomKey* first_idiom_key(const IdiomSlots& slots) {
  const auto found = std::find_if(std::begin(keys), std::end(keys),
                                  [&](const IdiomKey& key) { return slots.*key.slot != nullptr; });
  return found == std::end(keys) ? nullptr : found;
}

Idiom read_idiom(Problems& problems, const Element& table, const IdiomSlots& slots) {
  return IdiomReader(problems, table, slots).read();
}

}  // namespace reg
