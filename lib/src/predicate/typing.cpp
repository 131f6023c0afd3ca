#include <predicate/evaluation.h>
#include <predicate/origin.h>
#include <predicate/path_text.h>
#include <predicate/print.h>
#include <predicate/typed.h>
#include <predicate/typing.h>
#include <predicate/value.h>
#include <reg/text.h>
#include <algorithm>
#include <map>

namespace reg::ast {
namespace {

// The paths of all values in facts.
void collect_paths(const Json& facts, const std::string& before, std::vector<std::string>& out) {
  for (const auto& [name, value] : facts.items()) {
    const std::string path = before + (name.empty() ? name : print_path(std::span(&name, 1)));
    out.push_back(path);
    if (value.is_object()) collect_paths(value, path + '.', out);
  }
}

class TypeCheck {
 public:
  // `given`: the only facts that are there, and there is no candidate; null: it is not known which
  // there will be.
  explicit TypeCheck(const Declared& declared, const Json* given = nullptr)
      : declared_(declared), given_(given) {}

  std::vector<TypeFinding> run(const Predicate& predicate) {
    check(predicate);
    return std::move(findings_);
  }

 private:
  // The parameters of the named predicate that is being looked into.
  struct Scope {
    const PredicateDefinition& definition;
    const std::map<std::string, Typed>& arguments;
    const std::string& name;
  };
  static constexpr const char* words_of_json = "JSON has true, false and null";
  static constexpr std::size_t most_parts =
      100'000;  // written out, as PredicateSet::problems has it

  void check(const Predicate& predicate) {
    if (++parts_ > most_parts) return;
    std::visit([this](const auto& part) { check_part(part); }, top_of(predicate));
    for (const Predicate& part : parts_of(predicate)) check(part);
  }

  void check_part(const Comparison& comparison) {
    const PartNumber at = this_path();
    const auto left = type_of(comparison.left);
    is_compared_ = true;
    const auto right = type_of(comparison.right);
    is_compared_ = false;
    if (!left || !right || !(left->is_path || right->is_path)) return;
    if (may_hold(comparison.op, *left, *right)) return;
    never(at, left->text + ' ' + std::string(to_string(comparison.op)) + ' ' + right->text,
          described(*left, *right), nearest_value(*left, *right));
  }
  void check_part(const Bare& bare) {
    const auto* path = std::get_if<Path>(&bare.operand);
    if (path == nullptr) return;
    const PartNumber at = this_path();
    if (type_of(bare.operand)) warn_of_predicate(*path, at);
  }
  void check_part(const Presence& presence) { type_of(Operand(presence.path)); }
  void check_part(const Rank& rank) {
    const PartNumber at = this_path();
    const auto score = type_of(rank.score);
    if (!score || !score->is_path || (score->kinds & Number) != 0) return;
    never(at, "yes(" + score->text + ")", score->text + " is " + score->type + ", and no number",
          {});
  }
  void check_part(const Call& call) {
    const PartNumber at =
        scope_ == nullptr ? PartNumber{PartNumber::Kind::Call, calls_++} : anchor_;
    std::vector<Typed> arguments;
    bool known = true;
    for (const Operand& argument : call.arguments) {
      auto type = type_of(argument);
      known = known && type.has_value();
      arguments.push_back(type.value_or(Typed{}));
    }
    if (scope_ == nullptr) {
      if (auto problem = declared_.named.problem({call.name, call.arguments.size(), 0}))
        return report(at, std::move(problem->message), std::move(problem->hint));
    }
    const PredicateDefinition* definition = declared_.named.find(call.name);
    if (definition == nullptr || !known) return;
    if (definition->is_fact()) {
      check_test(call, *definition, arguments, at);
    } else if (definition->params.size() == arguments.size()) {
      look_into(call, *definition, arguments, at);
    }
  }
  void check_part(const Conjunction&) {}
  void check_part(const Disjunction&) {}
  void check_part(const Negation&) {}
  void check_part(const Callable&) {}

  // The test of a fact.
  void check_test(const Call& call, const PredicateDefinition& definition,
                  const std::vector<Typed>& arguments, PartNumber at) {
    const auto fact = fact_type(call.name, at);
    if (!fact || arguments.empty() || (fact->kinds & List) != 0) return;
    auto matches = [&](const Typed& argument) {
      return ((fact->kinds & Object) != 0 && (argument.kinds & Text) != 0) ||
             may_equal(argument, *fact);
    };
    const bool may = definition.all ? std::all_of(arguments.begin(), arguments.end(), matches)
                                    : std::any_of(arguments.begin(), arguments.end(), matches);
    if (!may)
      never(at, call.name + "(…)", fact->text + " is " + fact->type,
            nearest_value(*fact, arguments.front()));
  }

  // The expression of a named predicate, with the arguments in place of its parameters.
  void look_into(const Call& call, const PredicateDefinition& definition,
                 const std::vector<Typed>& arguments, PartNumber at) {
    std::map<std::string, Typed> by_name;
    for (std::size_t i = 0; i < arguments.size(); ++i)
      by_name.emplace(definition.params[i], arguments[i]);
    const Scope scope{definition, by_name, call.name};
    const Scope* const outer = std::exchange(scope_, &scope);
    const PartNumber outer_anchor = std::exchange(anchor_, at);
    check(*definition.expr);
    scope_ = outer;
    anchor_ = outer_anchor;
  }

  // Where the next path stands: in a named predicate, at its call.
  PartNumber this_path() const {
    return scope_ != nullptr ? anchor_ : PartNumber{PartNumber::Kind::Path, paths_};
  }
  // Nothing: it has been reported.
  std::optional<Typed> type_of(const Operand& operand) {
    if (const auto* literal = std::get_if<Literal>(&operand)) return typed(literal->value);
    const auto& path = std::get<Path>(operand);
    const PartNumber at = this_path();
    if (scope_ == nullptr) ++paths_;
    const Typed* argument = argument_of(path);
    return argument != nullptr ? behind(*argument, path, at) : type_of_path(path, at);
  }

  std::optional<Typed> type_of_path(const Path& path, PartNumber at) {
    auto type = path.scope == reg::ast::Scope::Self ? field_type(path, at) : fact_type(path, at);
    if (type) type->path = path;
    return type;
  }

  // What the parameter stands for that a path begins with; null: it begins with none.
  const Typed* argument_of(const Path& path) const {
    if (scope_ == nullptr || path.scope == reg::ast::Scope::Self) return nullptr;
    const auto argument = scope_->arguments.find(path.keys.front());
    return argument == scope_->arguments.end() ? nullptr : &argument->second;
  }

  // A path that begins with a parameter.
  std::optional<Typed> behind(const Typed& argument, const Path& path, PartNumber at) {
    if (path.keys.size() == 1) return argument;
    if (!argument.path) return Typed{argument.text + "…", Anything, argument.is_path};
    Path whole = *argument.path;
    whole.keys.insert(whole.keys.end(), path.keys.begin() + 1, path.keys.end());
    return type_of_path(whole, at);
  }

  std::optional<Typed> field_type(const Path& path, PartNumber at) {
    const std::string text = printed(path);
    if (given_ != nullptr) {
      report(at, "a `when` cannot read " + text + ": there is no candidate yet",
             "it reads facts of [facts] and --define");
      return std::nullopt;
    }
    if (is_of_origin(path.keys)) return type_of_origin(path, text);
    if (declared_.fields.empty()) return field_of_none(path, at);
    auto field = std::find_if(declared_.fields.begin(), declared_.fields.end(),
                              [&](const Field& f) { return f.name == path.keys.front(); });
    if (field == declared_.fields.end()) {
      std::vector<std::string> names;
      for (const Field& one : declared_.fields) names.push_back(one.name);
      report(at,
             "the registry " + in_quotes(declared_.registry) + " has no field " +
                 in_quotes(path.keys.front()),
             did_you_mean(path.keys.front(), names));
      return std::nullopt;
    }
    if (path.keys.size() == 1) return typed(text, field->type, nullptr);
    return part_of(text, "self." + field->name, field->type, at);
  }

  // Every registry may have symbols of other origins.
  static Typed type_of_origin(const Path& path, const std::string& text) {
    return path.keys.size() == 1 ? typed(text, FieldType::String, nullptr)
                                 : Typed{text, Anything, true};
  }

  // A registry on which nothing is declared, too, has no symbols with info.
  std::optional<Typed> field_of_none(const Path& path, PartNumber at) {
    warn(at,
         "the registry " + in_quotes(declared_.registry) + " declares no fields, so " +
             printed(path) + " is always null",
         "declare it: fields = [" + in_quotes(path.keys.front()) + "] in [registries." +
             std::string(declared_.registry) + ']');
    return Typed{printed(path), Anything, true};
  }

  std::optional<Typed> fact_type(const Path& path, PartNumber at) {
    if (declared_.context.empty()) {
      warn_of_word(path, at);
      if (given_ != nullptr) warn_if_near(path, at);
    }
    return fact_type(print_path(path.keys), at);
  }

  std::optional<Typed> fact_type(const std::string& path, PartNumber at) {
    if (declared_.context.empty()) return Typed{path, Anything, true};
    if (const Fact* fact = covering(declared_.context, path)) {
      if (fact->path == path) return typed(path, fact->type, &fact->values);
      return part_of(path, fact->path, fact->type, at);
    }
    auto lies_below = [&path](const Fact& fact) { return lies_in(fact.path, path); };
    if (std::any_of(declared_.context.begin(), declared_.context.end(), lies_below))
      return Typed{path, Null | Object, true, false, nullptr, nullptr, "an object"};
    report(at, unknown(path), hint_for(path));
    return std::nullopt;
  }

  static std::string some_of(const std::vector<std::string>& names) {
    constexpr std::size_t most = 10;
    std::string text;
    for (std::size_t i = 0; i < std::min(names.size(), most); ++i)
      text += (i == 0 ? "" : ", ") + names[i];
    return names.size() > most ? text + ", …" : text;
  }

  std::string unknown(const std::string& path) const {
    const std::string registry = in_quotes(declared_.registry);
    if (declared_.reads == Reads::Facts)
      return "the fact " + in_quotes(path) + " is not in the context of the registry " + registry;
    return "the registry " + registry + " has no field " + in_quotes(path);
  }

  // For a fact that nothing declares.
  std::string hint_for(const std::string& path) const {
    if (is_word(path)) return words_of_json;
    if (const PredicateDefinition* definition = declared_.named.find(path);
        definition != nullptr && !definition->is_fact())
      return "to call the predicate of that name, write " + path + "()";
    std::vector<std::string> names;
    for (const Fact& fact : declared_.context) names.push_back(fact.path);
    std::string near = did_you_mean(path, names);
    if (!near.empty()) return near;
    if (is_compared_ && path.find_first_of(".`") == std::string::npos)
      return "a text stands in quotes: " + in_quotes(path);
    return declared_.reads == Reads::Fields ? "there are " + some_of(names) : std::string();
  }

  // What another language calls true, false and null.
  static bool is_word(std::string_view name) {
    return name == "True" || name == "False" || name == "None";
  }

  void warn_of_word(const Path& path, PartNumber at) {
    if (path.keys.size() != 1 || !is_word(path.keys.front())) return;
    if (given_ != nullptr && descend(given_, path.keys) != nullptr) return;
    warn(at, in_quotes(path.keys.front()) + " is read as a fact", words_of_json);
  }

  void warn_if_near(const Path& path, PartNumber at) {
    if (descend(given_, path.keys) != nullptr || is_word(print_path(path.keys))) return;
    std::vector<std::string> names;
    collect_paths(*given_, "", names);
    std::string hint = did_you_mean(print_path(path.keys), names);
    // `build == release`
    if (hint.empty() && is_compared_ && path.keys.size() == 1)
      hint = "a text stands in quotes: " + in_quotes(path.keys.front());
    if (hint.empty()) return;
    warn(at, "there is no fact " + in_quotes(print_path(path.keys)), std::move(hint));
  }

  // A part of what may have none.
  std::optional<Typed> part_of(const std::string& text, const std::string& whole, FieldType type,
                               PartNumber at) {
    if (type == FieldType::Any || type == FieldType::Object) return Typed{text, Anything, true};
    report(at, text + " is never there: " + whole + " is " + to_string(type), {});
    return std::nullopt;
  }

  void warn_of_predicate(const Path& path, PartNumber at) {
    if (path.scope != reg::ast::Scope::Context || path.keys.size() != 1 || scope_ != nullptr)
      return;
    const std::string& name = path.keys.front();
    const PredicateDefinition* definition = declared_.named.find(name);
    if (definition == nullptr || definition->is_fact()) return;
    if (covering(declared_.context, name) != nullptr) return;
    warn(at, in_quotes(name) + " is read as a fact, and is the name of a predicate",
         "to call that, write " + name + "()");
  }

  static std::string described(const Typed& left, const Typed& right) {
    std::string text;
    for (const Typed* one : {&left, &right}) {
      if (!one->is_path) continue;
      text += (text.empty() ? "" : ", and ") + one->text + " is " + one->type;
    }
    for (const Typed* one : {&left, &right}) {
      if (one->literal == nullptr || one->literal->is_array()) continue;
      if (left.values != nullptr || right.values != nullptr) continue;
      text += (text.empty() ? "" : ", and ") + one->text + " is " + one->type;
    }
    return text;
  }

  void never(PartNumber at, const std::string& part, const std::string& why, std::string hint) {
    // What calls a named predicate may have facts of other types elsewhere.
    const Severity severity = scope_ == nullptr ? Severity::Error : Severity::Warning;
    add(severity, at, part + " can never hold: " + why, std::move(hint));
  }

  void report(PartNumber at, std::string message, std::string hint) {
    add(Severity::Error, at, std::move(message), std::move(hint));
  }
  void warn(PartNumber at, std::string message, std::string hint) {
    add(Severity::Warning, at, std::move(message), std::move(hint));
  }
  void add(Severity severity, PartNumber at, std::string message, std::string hint) {
    if (scope_ != nullptr) message.insert(0, "in " + scope_->name + "(): ");
    auto same = [&](const TypeFinding& other) {
      return other.message == message && other.part == at;
    };
    if (std::any_of(findings_.begin(), findings_.end(), same)) return;
    findings_.push_back({severity, at, std::move(message), std::move(hint),
                         severity == Severity::Warning || scope_ != nullptr});
  }

  const Declared& declared_;
  const Json* given_;
  const Scope* scope_ = nullptr;  // null: the predicate itself
  bool is_compared_ = false;      // it is looked at what something is compared with
  PartNumber anchor_;             // the call through which the scope was entered
  std::size_t paths_ = 0, calls_ = 0, parts_ = 0;
  std::vector<TypeFinding> findings_;
};

}  // namespace

std::vector<TypeFinding> check_types(const Predicate& predicate, const Declared& declared) {
  return TypeCheck(declared).run(predicate);
}

std::vector<TypeFinding> check_condition(const Predicate& predicate, const Json& facts,
                                         const PredicateSet& named) {
  static const std::vector<Field> no_fields;
  static const std::vector<Fact> no_context;
  const Declared declared{{}, no_fields, no_context, named};
  return TypeCheck(declared, &facts).run(predicate);
}

const Fact* covering(const std::vector<Fact>& context, std::string_view path) {
  const Fact* best = nullptr;
  for (const Fact& fact : context) {
    if (lies_in(path, fact.path) && (best == nullptr || fact.path.size() > best->path.size()))
      best = &fact;
  }
  return best;
}

}  // namespace reg::ast
