#include <manifest/declarations.h>
#include <predicate/evaluation.h>
#include <predicate/node.h>
#include <predicate/origin.h>
#include <predicate/path_text.h>
#include <predicate/print.h>
#include <predicate/typing.h>
#include <predicate/value.h>
#include <registration/fact_test_expression.h>
#include <registration/version_changes.h>
#include <registration/write_out.h>
#include <text/version.h>
#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace reg {
namespace {

using ast::Literal;
using ast::Operand;
using ast::Operator;
using ast::Path;

// What an operand becomes.
struct Written {
  std::optional<Operand> operand;  // not set: it is never there
  bool was_path = false;           // a field stood here: null is missing, and meets nothing
  // Of a field of type version, which is a version literal: what it is where it is no version, but
  // a text, as for `glob`.
  std::optional<Operand> as_text = {};
  std::optional<Path> field = {};  // that stood here
};
using Arguments = std::map<std::string, Written>;

class Writer {
 public:
  // Which calls of named predicates are written out.
  enum class Calls : bool { WhereNeeded, All };

  Writer(const Json& info, const RegistryInfo& from, const RegistryInfo& into,
         const PredicateSet& named, Calls calls = Calls::WhereNeeded)
      : info_(info), from_(from), into_(into), named_(named), calls_(calls) {}

  Predicate run(const Predicate& predicate, const Arguments* arguments) {
    if (++parts_ > most_parts) throw InputError("its predicate becomes too large");
    return std::visit([&](const auto& part) { return written(part, arguments); },
                      ast::top_of(predicate));
  }

 private:
  static constexpr std::size_t most_parts = 10'000;

  static Predicate truth(bool value) { return ast::make(ast::Bare{Literal{value}}); }

  std::vector<Predicate> all(const std::vector<Predicate>& parts, const Arguments* arguments) {
    std::vector<Predicate> out;
    out.reserve(parts.size());
    for (const Predicate& part : parts) out.push_back(run(part, arguments));
    return out;
  }
  // A call that is written out stays one summand: within a sum that is 0, parts may not be.
  Predicate written(const ast::Conjunction& conjunction, const Arguments* arguments) {
    std::vector<Predicate> parts = all(conjunction.parts, arguments);
    for (std::size_t i = 0; i < parts.size(); ++i) {
      Predicate& part = parts[i];
      const ast::Part& original = ast::top_of(conjunction.parts[i]);
      if (std::holds_alternative<ast::Call>(original) &&
          std::holds_alternative<ast::Conjunction>(ast::top_of(part)) &&
          (may_be_negative(part) || (calls_ == Calls::All && may_round(part))))
        part = ast::join<ast::Disjunction>({part, truth(false)});
    }
    return ast::join<ast::Conjunction>(std::move(parts));
  }
  Predicate written(const ast::Disjunction& disjunction, const Arguments* arguments) {
    return ast::join<ast::Disjunction>(all(disjunction.parts, arguments));
  }
  Predicate written(const ast::Negation& negation, const Arguments* arguments) {
    return ~run(negation.part, arguments);
  }
  Predicate written(const ast::Callable& callable, const Arguments*) { return ast::make(callable); }

  Predicate written(const ast::Bare& bare, const Arguments* arguments) {
    const Written one = of(bare.operand, arguments);
    if (!one.operand) return truth(false);
    if (const Json* value = value_of(one)) return truth(ast::is_true(*value));
    return ast::make(ast::Bare{*one.operand});
  }

  Predicate written(const ast::Presence& presence, const Arguments* arguments) {
    const Written one = of(Operand(presence.path), arguments);
    if (!one.operand) return truth(false);
    if (const Json* value = value_of(one)) return truth(!one.was_path || !value->is_null());
    return ast::make(ast::Presence{std::get<Path>(*one.operand)});
  }

  Predicate written(const ast::Rank& rank, const Arguments* arguments) {
    const Written one = of(rank.score, arguments);
    const Json* value = one.operand ? value_of(one) : nullptr;
    if (one.operand && value == nullptr) return ast::make(ast::Rank{*one.operand});
    if (value == nullptr || !ast::is_number(*value)) return ast::make(ast::Rank{Literal{0}});
    return ast::make(ast::Rank{Literal{*value}});
  }

  Predicate written(const ast::Comparison& comparison, const Arguments* arguments) {
    Written left = of(comparison.left, arguments), right = of(comparison.right, arguments);
    const bool unequal = comparison.op == Operator::NotEqual;
    if (!left.operand || !right.operand || meets_null(left, right) || meets_null(right, left))
      return truth(unequal);
    if (comparison.op == Operator::In) return written_in(std::move(left), std::move(right));
    if (comparison.op == Operator::Glob) {
      make_text(left);
      make_text(right);
    } else if (!as_version(left, right) || !as_version(right, left)) {
      return truth(unequal);
    }
    return made(left, comparison.op, right);
  }

  // What is in a list is compared with its elements; what is in a text or an object is a text.
  Predicate written_in(Written left, Written right) {
    make_text(right);
    auto* container = std::get_if<Literal>(&*right.operand);
    if (container != nullptr && container->value.is_array()) {
      if (right.was_path && is_path(left)) std::erase(array_in(container->value), Json());
      as_version(right, left);
      return made(left, Operator::In, right);
    }
    if (container != nullptr) {
      make_text(left);
    } else if (changes_version(left)) {
      refuse_to_compare(left);
    } else if (left.as_text) {
      const Written text{left.as_text, true};
      return ast::join<ast::Disjunction>(
          {made(left, Operator::In, right), made(text, Operator::In, right)});
    }
    return made(left, Operator::In, right);
  }

  void refuse_unless_version(const Written& one, const Written& beside) const {
    if (!versions_.stays_version(std::get<Path>(*beside.operand))) refuse_to_compare(one);
  }

  static Predicate made(const Written& left, Operator op, const Written& right) {
    check(left);
    check(right);
    return ast::make(ast::Comparison{*left.operand, op, *right.operand});
  }

  Predicate written(const ast::Call& call, const Arguments* arguments) {
    const PredicateDefinition* definition = named_.find(call.name);
    std::vector<Written> given;
    for (const Operand& argument : call.arguments) given.push_back(of(argument, arguments));
    if (definition != nullptr && definition->is_fact())
      return written_test(call.name, ast::all_of(*definition), given);
    if (definition != nullptr && (calls_ == Calls::All || must_be_written(call.name) ||
                                  must_be_written(*definition, given))) {
      Arguments inner;
      for (std::size_t i = 0; i < given.size(); ++i) inner.emplace(definition->params[i], given[i]);
      return run(*definition->expr, &inner);
    }
    ast::Call copy{call.name, {}};
    for (Written& one : given) copy.arguments.push_back(std::move(*one.operand));
    return ast::make(std::move(copy));
  }

  // The test of a fact. An argument that is not there scores 0.
  Predicate written_test(const std::string& name, ast::All all, std::vector<Written> given) {
    const Written fact{Operand(Path{ast::Scope::Context, {name}})};
    const std::size_t wanted = given.size();
    std::erase_if(given, [this](const Written& one) { return is_missing(one); });
    if (given.size() != wanted && (given.empty() || all == ast::All::Yes)) return truth(false);
    if (calls_ == Calls::All) return expressed_test(name, all, given);
    ast::Call test{name, {}}, of_texts{name, {}};
    bool has_texts = false;
    for (Written& one : given) {
      // What reads as no version equals none, and so it stays.
      as_version(one, fact);
      if (changes_version(one)) refuse_unless_version(one, fact);
      check(one);
      has_texts |= one.as_text.has_value();
      of_texts.arguments.push_back(one.as_text.value_or(*one.operand));
      test.arguments.push_back(std::move(*one.operand));
    }
    if (!has_texts) return ast::make(std::move(test));
    // Grades stand under texts, all else equals versions.
    if (all == ast::All::Yes)
      return ast::join<ast::Disjunction>(
          {ast::make(std::move(test)), ast::make(std::move(of_texts))});
    for (std::size_t i = 0; i < given.size(); ++i) {
      if (given[i].as_text) test.arguments.push_back(of_texts.arguments[i]);
    }
    return ast::make(std::move(test));
  }

  Predicate expressed_test(const std::string& name, ast::All all,
                           const std::vector<Written>& given) {
    std::vector<TestArgument> arguments;
    for (const Written& one : given) {
      const auto* path = std::get_if<Path>(&*one.operand);
      if (path == nullptr) {
        arguments.push_back({*one.operand, value_of(one)});
      } else if (path->scope == ast::Scope::Context) {
        arguments.push_back({*one.operand, nullptr});
      } else {
        refuse_origin(*path);
        const Json* value = ast::descend(&info_, path->keys);
        if (value != nullptr && !value->is_null()) arguments.push_back({*one.operand, value});
      }
    }
    if (arguments.size() != given.size() && (arguments.empty() || all == ast::All::Yes))
      return truth(false);
    parts_ += arguments.size() * arguments.size();
    if (parts_ > most_parts) throw InputError("its predicate becomes too large");
    return fact_test_expression(name, all, arguments, from_.context);
  }

  // What follows from the origin is there only where others read it.
  void refuse_origin(const Path& path) const {
    const std::string& name = path.keys.front();
    if (ast::is_of_origin(name))
      throw InputError("it calls a test of a fact with " + ast::printed(path),
                       "compare that with the fact");
  }

  // Whether it matters in which order its parts are summed up with others.
  static bool may_round(const Predicate& predicate) {
    constexpr double most = 1'000'000;
    return !ast::walk(predicate, [](const Predicate& part) {
      const auto* rank = std::get_if<ast::Rank>(&ast::top_of(part));
      if (rank == nullptr) return true;
      const auto* score = std::get_if<Literal>(&rank->score);
      if (score == nullptr) return false;
      const double number = ast::number_in(score->value);
      return std::fabs(number) <= most && number == std::trunc(number);
    });
  }

  // Whether a named predicate, or what it calls, reads what cannot be read there.
  bool must_be_written(const std::string& name) {
    const PredicateDefinition* definition = named_.find(name);
    if (definition == nullptr) return false;
    auto [known, is_new] = written_.try_emplace(definition, false);
    if (!is_new) return known->second;
    bool must = false;
    if (definition->is_fact()) {
      must = versions_.changes({ast::Scope::Context, {name}});
    } else {
      ast::each_path(*definition->expr, [&](const Path& path) {
        must |= path.scope == ast::Scope::Self ? !stays(path) : versions_.changes(path);
      });
      for (const PredicateCall& call : definition->expr->calls())
        must |= must_be_written(call.name);
    }
    return written_[definition] = must;
  }

  // Whether it must be for what it is called with: values of fields that do not do as literals in
  // all places, and facts that are compared otherwise.
  bool must_be_written(const PredicateDefinition& definition,
                       const std::vector<Written>& given) const {
    return std::any_of(given.begin(), given.end(), [&](const Written& one) {
      if (!one.operand) return true;
      const Json* value = value_of(one);
      if (value == nullptr)
        return changes_version(one) ||
               (looks_below(definition) && versions_.change_below(std::get<Path>(*one.operand)));
      if (!one.was_path) return false;
      return value->is_null() || value->is_structured() || one.as_text || looks_below(definition);
    });
  }
  bool looks_below(const PredicateDefinition& definition) const {
    bool below = false;
    if (definition.is_fact()) return below;
    ast::each_path(*definition.expr, [&](const Path& path) {
      below |= path.scope == ast::Scope::Context && path.keys.size() > 1 &&
               std::find(definition.params.begin(), definition.params.end(), path.keys.front()) !=
                   definition.params.end();
    });
    for (const PredicateCall& call : definition.expr->calls()) {
      const PredicateDefinition* called = named_.find(call.name);
      below |= called != nullptr && looks_below(*called);
    }
    return below;
  }

  bool may_be_negative(const Predicate& predicate) const {
    return !ast::walk(predicate, [this](const Predicate& part) {
      const ast::Part& kind = ast::top_of(part);
      if (std::holds_alternative<ast::Callable>(kind)) return false;
      if (const auto* rank = std::get_if<ast::Rank>(&kind)) {
        const auto* score = std::get_if<Literal>(&rank->score);
        return score != nullptr && ast::number_in(score->value) >= 0;
      }
      const auto* call = std::get_if<ast::Call>(&kind);
      const PredicateDefinition* called = call == nullptr ? nullptr : named_.find(call->name);
      return called == nullptr || called->is_fact() || !may_be_negative(*called->expr);
    });
  }

  bool stays(const Path& path) const { return versions_.stays(path); }
  bool changes_version(const Written& one) const {
    const auto* path = one.operand ? std::get_if<Path>(&*one.operand) : nullptr;
    return path != nullptr && versions_.changes(*path);
  }
  [[noreturn]] void refuse_to_compare(const Written& one) const {
    const Path& path = std::get<Path>(*one.operand);
    if (versions_.loses(path))
      throw InputError("it compares " + ast::printed(path) + " as a version",
                       "declare that fact in the registry that merges, too");
    const Fact& declared = *ast::covering(from_.context, print_path(path.keys));
    throw InputError("it compares " + ast::printed(path) + ", which is a version in \"" +
                         into_.name + "\", as a " + to_string(declared.type),
                     "declare that fact with one type");
  }

  Written of(const Operand& operand, const Arguments* arguments) {
    const auto* path = std::get_if<Path>(&operand);
    if (path == nullptr) return {operand};
    if (path->scope == ast::Scope::Self) return field(*path);
    auto argument =
        arguments == nullptr ? Arguments::const_iterator() : arguments->find(path->keys.front());
    if (arguments == nullptr || argument == arguments->end()) return {operand};
    return path->keys.size() == 1 ? argument->second : below(argument->second, *path);
  }

  Written field(const Path& path) {
    // What stays in its registry can be read there, also what is added to it elsewhere.
    if (calls_ == Calls::All || stays(path)) return {Operand(path)};
    Written value = value_of_field(path);
    value.field = path;
    return value;
  }

  Written value_of_field(const Path& path) const {
    const Json* const value = ast::descend_info(info_, path.keys);
    if (value == nullptr) return {Literal{nullptr}, true};
    const Field* declared = from_.field(path.keys.front());
    const bool is_version = declared != nullptr && declared->type == FieldType::Version;
    if (is_version && value->is_string() && path.keys.size() == 1) return version_field(*value);
    return {Literal{*value}, true};
  }

  static Written version_field(const Json& text) {
    const auto version = version_literal(text.get_ref<const std::string&>());
    if (!version) return {Literal{text}, true};
    return {*version, true, Operand(Literal{text})};
  }

  static Path longer(Path outer, const Path& path) {
    outer.keys.insert(outer.keys.end(), path.keys.begin() + 1, path.keys.end());
    return outer;
  }
  Written below(const Written& argument, const Path& path) {
    const auto* outer = argument.operand ? std::get_if<Path>(&*argument.operand) : nullptr;
    if (outer != nullptr) return {Operand(longer(*outer, path))};
    if (argument.field) return field(longer(*argument.field, path));
    const Json* value = argument.operand ? value_of(argument) : nullptr;
    value = ast::descend(value, std::span(path.keys).subspan(1));
    if (value != nullptr) return {Literal{*value}, argument.was_path};
    return argument.was_path ? Written{Literal{nullptr}, true} : Written{};
  }

  static const Json* value_of(const Written& one) {
    const auto* literal = std::get_if<Literal>(&*one.operand);
    return literal == nullptr ? nullptr : &literal->value;
  }

  // A field that was null, compared with another path.
  static bool meets_null(const Written& one, const Written& other) {
    const Json* value = value_of(one);
    const bool other_is_path = other.was_path || value_of(other) == nullptr;
    return one.was_path && value != nullptr && value->is_null() && other_is_path;
  }

  static std::optional<Literal> version_literal(std::string_view text) {
    if (!VersionText::of(text)) return std::nullopt;
    return Literal{ast::make_version(text.starts_with('v') ? text.substr(1) : text)};
  }

  static bool is_path(const Written& one) { return one.was_path || value_of(one) == nullptr; }
  // A field that was null counts as missing, but for `== null`.
  bool is_missing(const Written& one) const {
    if (!one.operand) return true;
    const Json* value = value_of(one);
    return one.was_path && value != nullptr && value->is_null();
  }
  static void make_text(Written& one) {
    if (one.as_text) one.operand = std::exchange(one.as_text, std::nullopt);
  }
  static Json::array_t& array_in(Json& value) { return *value.get_ptr<Json::array_t*>(); }

  // Makes a version of what stands beside a fact that is compared as one only where the predicate
  // comes from. False: it reads as none, and cannot be compared with it.
  bool as_version(Written& one, const Written& beside) const {
    if (!changes_version(beside)) return true;
    auto* literal = std::get_if<Literal>(&*one.operand);
    if (literal == nullptr) {
      if (!versions_.stays_version(std::get<Path>(*one.operand))) refuse_to_compare(beside);
      return true;
    }
    Json& value = literal->value;
    if (versions_.gains(std::get<Path>(*beside.operand))) {
      if (!is_compared_as_version(value)) refuse_to_compare(beside);
    } else if (value.is_array()) {
      for (Json& element : value) make_version(element);
    } else {
      make_version(value);
    }
    return !value.is_string();
  }
  // Whatever the types of facts.
  static bool is_compared_as_version(const Json& value) {
    return value.is_null() || ast::is_version(value) ||
           (value.is_array() && std::all_of(value.begin(), value.end(), is_compared_as_version));
  }
  static void make_version(Json& value) {
    if (ast::is_version(value)) return;
    const auto text = version_text(value);
    const auto version = text ? version_literal(*text) : std::nullopt;
    if (version) value = version->value;
  }

  static void check(const Written& one) {
    const Json* value = value_of(one);
    if (value != nullptr && one.was_path && has_object(*value))
      throw InputError(
          "its predicate reads " + to_text(*value) + ", which cannot be written into a predicate",
          "declare that field in the registry that merges, too");
  }
  static bool has_object(const Json& value) {
    return value.is_object() ||
           (value.is_array() && std::any_of(value.begin(), value.end(), has_object));
  }

  const Json& info_;
  const RegistryInfo& from_;
  const RegistryInfo& into_;
  const VersionChanges versions_{from_, into_};
  const PredicateSet& named_;
  Calls calls_;
  std::map<const PredicateDefinition*, bool> written_;
  std::size_t parts_ = 0;
};

// What leaves its workspace has to be a text.
Predicate checked(Predicate written) {
  if (!written.has_function() && written.to_string().size() > Predicate::max_text)
    throw InputError("its predicate becomes too large");
  return written;
}

}  // namespace

Predicate written_out(const Predicate& predicate, const Json& info, const RegistryInfo& from,
                      const RegistryInfo& into, const PredicateSet& named) {
  return checked(Writer(info, from, into, named).run(predicate, nullptr));
}

Predicate without_names(const Predicate& predicate, const Json& info, const RegistryInfo& registry,
                        const PredicateSet& named) {
  return checked(
      Writer(info, registry, registry, named, Writer::Calls::All).run(predicate, nullptr));
}

}  // namespace reg
