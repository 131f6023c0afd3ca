#include <predicate/node.h>
#include <predicate/path_text.h>
#include <predicate/print.h>
#include <predicate/typing.h>
#include <predicate/value.h>
#include <registration/write_out.h>
#include <text/version.h>
#include <algorithm>
#include <map>

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
};
using Arguments = std::map<std::string, Written>;

class Writer {
 public:
  Writer(const Json& info, const RegistryInfo& from, const RegistryInfo& into,
         const PredicateSet& named)
      : info_(info), from_(from), into_(into), named_(named) {}

  Predicate run(const Predicate& predicate, const Arguments* arguments) {
    if (++parts_ > most_parts) throw InputError("its predicate becomes too large");
    return std::visit([&](const auto& part) { return written(part, arguments); },
                      predicate.root().part);
  }

 private:
  static constexpr std::size_t most_parts = 10'000;

  static Predicate truth(bool value) { return ast::make(ast::Bare{Literal{value}}); }

  std::vector<Predicate> all(const std::vector<Predicate>& parts, const Arguments* arguments) {
    std::vector<Predicate> out;
    for (const Predicate& part : parts) out.push_back(run(part, arguments));
    return out;
  }
  Predicate written(const ast::Conjunction& conjunction, const Arguments* arguments) {
    return ast::join<ast::Conjunction>(all(conjunction.parts, arguments));
  }
  Predicate written(const ast::Disjunction& disjunction, const Arguments* arguments) {
    return ast::join<ast::Disjunction>(all(disjunction.parts, arguments));
  }
  Predicate written(const ast::Negation& negation, const Arguments* arguments) {
    return ~run(negation.part, arguments);
  }
  Predicate written(const ast::Callable& callable, const Arguments*) {
    return ast::make(callable);
  }

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
    if (comparison.op != Operator::Glob) {
      as_version(left, right);
      as_version(right, left);
    }
    check(left);
    check(right);
    return ast::make(ast::Comparison{*left.operand, comparison.op, *right.operand});
  }

  Predicate written(const ast::Call& call, const Arguments* arguments) {
    const PredicateDefinition* definition = named_.find(call.name);
    std::vector<Written> given;
    for (const Operand& argument : call.arguments) given.push_back(of(argument, arguments));
    if (definition != nullptr && !definition->is_fact() && must_be_written(*definition)) {
      Arguments inner;
      for (std::size_t i = 0; i < given.size(); ++i) inner.emplace(definition->params[i], given[i]);
      return run(*definition->expr, &inner);
    }
    ast::Call copy{call.name, {}};
    for (Written& one : given) {
      // A fact test with what is not there never holds, and neither does what calls it with that.
      if (!one.operand || (one.was_path && value_of(one)->is_null()))
        throw InputError(call.name + "() is called with a value that is not there");
      check(one);
      copy.arguments.push_back(std::move(*one.operand));
    }
    return ast::make(std::move(copy));
  }

  // Whether a definition, or what it calls, reads what cannot be read there.
  bool must_be_written(const PredicateDefinition& definition) {
    auto [known, is_new] = written_.try_emplace(&definition, false);
    if (!is_new || definition.is_fact()) return known->second;
    bool must = false;
    ast::each_path(*definition.expr, [&](const Path& path) {
      must |= path.scope == ast::Scope::Self ? !stays(path) : loses_version(path);
    });
    for (const PredicateCall& call : definition.expr->calls()) {
      const PredicateDefinition* called = named_.find(call.name);
      must |= called != nullptr && must_be_written(*called);
    }
    return written_[&definition] = must;
  }

  // Whether the field can be read there, and is compared as it was.
  bool stays(const Path& path) const {
    const Field* there = into_.field(path.keys.front());
    const Field* here = from_.field(path.keys.front());
    auto is_version = [](const Field* field) {
      return field != nullptr && field->type == FieldType::Version;
    };
    return there != nullptr && is_version(there) == is_version(here);
  }

  bool loses_version(const Path& path) const {
    return path.scope == ast::Scope::Context && is_version(from_, path) && !is_version(into_, path);
  }
  static bool is_version(const RegistryInfo& registry, const Path& path) {
    const std::string text = print_path(path.keys);
    return std::any_of(registry.context.begin(), registry.context.end(), [&](const Fact& fact) {
      return fact.type == FieldType::Version && fact.path == text;
    });
  }

  Written of(const Operand& operand, const Arguments* arguments) {
    const auto* path = std::get_if<Path>(&operand);
    if (path == nullptr) return {operand};
    if (path->scope == ast::Scope::Self) return field(*path);
    auto argument = arguments == nullptr ? Arguments::const_iterator()
                                         : arguments->find(path->keys.front());
    if (arguments == nullptr || argument == arguments->end()) return {operand};
    return path->keys.size() == 1 ? argument->second : below(argument->second, *path);
  }

  Written field(const Path& path) {
    if (stays(path)) return {Operand(path)};
    const Json* value = &info_;
    for (const std::string& key : path.keys) {
      const auto found = value->is_object() ? value->find(key) : value->end();
      if (!value->is_object() || found == value->end()) return {Literal{nullptr}, true};
      value = &*found;
    }
    const Field* declared = from_.field(path.keys.front());
    const bool is_version = declared != nullptr && declared->type == FieldType::Version;
    if (is_version && value->is_string() && path.keys.size() == 1)
      return {version_literal(value->get_ref<const std::string&>()).value_or(Literal{*value}), true};
    return {Literal{*value}, true};
  }

  static Written below(const Written& argument, const Path& path) {
    const auto* outer = argument.operand ? std::get_if<Path>(&*argument.operand) : nullptr;
    if (outer != nullptr) {
      Path longer = *outer;
      longer.keys.insert(longer.keys.end(), path.keys.begin() + 1, path.keys.end());
      return {Operand(std::move(longer))};
    }
    const Json* value = argument.operand ? value_of(argument) : nullptr;
    for (std::size_t i = 1; value != nullptr && i < path.keys.size(); ++i) {
      const auto found = value->is_object() ? value->find(path.keys[i]) : value->end();
      value = value->is_object() && found != value->end() ? &*found : nullptr;
    }
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

  // What stands beside a fact that is compared as a version only where the predicate comes from.
  void as_version(Written& one, const Written& beside) const {
    const auto* path = std::get_if<Path>(&*beside.operand);
    auto* literal = std::get_if<Literal>(&*one.operand);
    if (path == nullptr || !loses_version(*path)) return;
    if (literal == nullptr)
      throw InputError("it compares " + ast::printed(*path) + " as a version",
                       "declare that fact in the registry that merges, too");
    if (literal->value.is_array()) {
      for (Json& element : literal->value) make_version(element);
    } else {
      make_version(literal->value);
    }
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
      throw InputError("its predicate reads " + to_text(*value) +
                           ", which cannot be written into a predicate",
                       "declare that field in the registry that merges, too");
  }
  static bool has_object(const Json& value) {
    return value.is_object() ||
           (value.is_array() && std::any_of(value.begin(), value.end(), has_object));
  }

  const Json& info_;
  const RegistryInfo& from_;
  const RegistryInfo& into_;
  const PredicateSet& named_;
  std::map<const PredicateDefinition*, bool> written_;
  std::size_t parts_ = 0;
};

}  // namespace

Predicate written_out(const Predicate& predicate, const Json& info, const RegistryInfo& from,
                      const RegistryInfo& into, const PredicateSet& named) {
  Predicate written = Writer(info, from, into, named).run(predicate, nullptr);
  if (!written.has_function() && written.to_string().size() > Predicate::max_text)
    throw InputError("its predicate becomes too large");
  return written;
}

}  // namespace reg
