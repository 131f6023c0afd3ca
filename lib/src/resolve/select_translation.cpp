#include <predicate/node.h>
#include <resolve/select_translation.h>
#include <algorithm>
#include <cmath>
#include <utility>

namespace reg {
namespace {

using Kind = Expression::Kind;
using Part = std::optional<Predicate>;

// Variables may double what they hold again and again (`b = a & a`), or hold themselves.
constexpr std::size_t most_parts = 4096;
constexpr std::size_t deepest = 200;

std::string_view last_part(std::string_view dotted) {
  return dotted.substr(dotted.rfind('.') + 1);  // npos + 1 is 0
}

bool is_number_or_truth(const Json& value) { return value.is_number() || value.is_boolean(); }

// What a list in a predicate may hold.
bool is_literal(const Json& value) {
  if (value.is_array()) return std::all_of(value.begin(), value.end(), is_literal);
  return value.is_primitive() && !value.is_discarded();
}

class Translation {
 public:
  explicit Translation(const SelectNames& names) : names_(names) {}

  TranslatedSelect finish(const Expression& select, const ProgramPoint& at) {
    result_.predicate = part(select, at);
    if (result_.predicate && result_.predicate->to_string().size() > Predicate::max_text) {
      result_.predicate = leave_out(select, at, "it is too long");
    }
    if (!result_.predicate) return std::move(result_);
    for (PredicateCall& call : result_.predicate->calls())
      result_.facts.insert(std::move(call.name));
    return std::move(result_);
  }

 private:
  Part part(const Expression& value, const ProgramPoint& at) {
    if (depth_ == deepest || ++parts_ > most_parts) return leave_out(value, at, "it is too long");
    ++depth_;
    Part found = by_kind(value, at);
    --depth_;
    return found;
  }

  Part by_kind(const Expression& value, const ProgramPoint& at) {
    switch (value.kind) {
      case Kind::Name:
        return named(value, at);
      case Kind::Call:
        return call(value, at);
      case Kind::Not:
        return negation(value, at);
      case Kind::And:
        return joined<ast::Conjunction>(value, value.items, at);
      case Kind::Or:
        return joined<ast::Disjunction>(value, value.items, at);
      case Kind::Other:
        return leave_out(value, at, shown(value) + " is no predicate that is known");
      case Kind::Literal:
      case Kind::List:
        break;
    }
    return leave_out(value, at, "it is no predicate");
  }

  Part negation(const Expression& value, const ProgramPoint& at) {
    if (value.items.empty()) return leave_out(value, at, "it is no predicate");
    return negation_of(value, value.items[0], at);
  }
  Part negation_of(const Expression& whole, const Expression& value, const ProgramPoint& at) {
    const Part inner = part(value, at);
    if (!inner) return std::nullopt;
    return made(whole, at, [&] { return ~*inner; });
  }

  template <typename Joined>
  Part joined(const Expression& whole, const std::vector<Expression>& items,
              const ProgramPoint& at) {
    std::vector<Predicate> parts;
    for (const Expression& item : items) {
      if (const Part one = part(item, at)) parts.push_back(*one);
    }
    if (parts.empty()) return std::nullopt;
    if (parts.size() == 1) return parts[0];
    return made(whole, at, [&] { return ast::join<Joined>(std::move(parts)); });
  }

  // A name alone: a variable, or a predicate that is made without arguments.
  Part named(const Expression& value, const ProgramPoint& at) {
    const SelectName name = names_.meaning(value.text, at);
    switch (name.kind) {
      case SelectName::Kind::Value:
        return part(*name.value, name.at);
      case SelectName::Kind::Anything:
        return yes();
      // logilab makes a predicate of a function that stands there itself.
      case SelectName::Kind::Function:
      case SelectName::Kind::Predicate:
        return of_predicate(value, name.text, {}, at);
      case SelectName::Kind::Unknown:
        break;
    }
    return leave_out(value, at, name.text);
  }

  Part call(const Expression& value, const ProgramPoint& at) {
    if (value.items.empty() || value.items[0].kind != Kind::Name) {
      return leave_out(value, at, "what is called has no name");
    }
    const std::string& callee = value.items[0].text;
    // The name under which it was defined; where that cannot be told, as it is written.
    const SelectName name = names_.meaning(callee, at);
    if (name.kind == SelectName::Kind::Function)
      return leave_out(value, at, name.text + " is an ordinary function, and no predicate");
    const bool is_defined = name.kind == SelectName::Kind::Predicate;
    return of_predicate(value, is_defined ? name.text : std::string(last_part(callee)),
                        value.arguments, at);
  }

  Part of_predicate(const Expression& value, const std::string& name,
                    const std::vector<Argument>& arguments, const ProgramPoint& at) {
    if (name == "yes") return rank(value, arguments, at);
    if (name == "AndPredicate") return of_parts<ast::Conjunction>(value, arguments, at);
    if (name == "OrPredicate") return of_parts<ast::Disjunction>(value, arguments, at);
    if (name == "NotPredicate" && arguments.size() == 1) {
      return negation_of(value, arguments[0].value[0], at);
    }
    if (const std::string problem = predicate_name_problem(name); !problem.empty()) {
      return leave_out(value, at, "\"" + name + "\" cannot be the name of a predicate");
    }
    return test_of_fact(value, name, arguments, at);
  }

  // logilab's classes behind the operators.
  template <typename Joined>
  Part of_parts(const Expression& value, const std::vector<Argument>& arguments,
                const ProgramPoint& at) {
    std::vector<Expression> items;
    for (const Argument& argument : arguments) {
      if (!argument.keyword.empty()) return leave_out(value, at, "its parts are not known");
      items.push_back(argument.value[0]);
    }
    return joined<Joined>(value, items, at);
  }

  Part rank(const Expression& value, const std::vector<Argument>& arguments,
            const ProgramPoint& at) {
    if (arguments.empty()) return yes();
    const Argument& given = arguments[0];
    if (arguments.size() == 1 && (given.keyword.empty() || given.keyword == "score")) {
      const std::optional<Json> score = names_.constant(given.value[0], at);
      if (score && is_number_or_truth(*score)) {
        const double number =
            score->is_boolean() ? (score->get<bool>() ? 1.0 : 0.0) : score->get<double>();
        if (std::isfinite(number)) return yes(number);
      }
    }
    return leave_out(value, at, "the score of yes(…) is no number that is known");
  }

  Part test_of_fact(const Expression& value, const std::string& name,
                    const std::vector<Argument>& arguments, const ProgramPoint& at) {
    ast::Call call;
    call.name = name;
    for (const Argument& argument : arguments) {
      if (!argument.keyword.empty()) {
        return leave_out(value, at, name + "(…) has an argument by keyword");
      }
      std::optional<Json> constant = names_.constant(argument.value[0], at);
      if (!constant || !is_literal(*constant)) {
        return leave_out(value, at, name + "(…) has an argument that is no constant");
      }
      call.arguments.emplace_back(ast::Literal{std::move(*constant)});
    }
    return made(value, at, [&] { return ast::make(std::move(call)); });
  }

  // Trees may become deeper than predicates can be.
  template <typename Make>
  Part made(const Expression& value, const ProgramPoint& at, Make&& make) {
    try {
      return make();
    } catch (const RegistryError&) {
      return leave_out(value, at, "it nests too deep");
    }
  }

  Part leave_out(const Expression& value, const ProgramPoint& at, std::string why) {
    result_.left_out.push_back({at.file, value.at, std::move(why)});
    return std::nullopt;
  }

  static std::string shown(const Expression& value) {
    return value.text.empty() ? "what is written here" : value.text;
  }

  const SelectNames& names_;
  TranslatedSelect result_;
  std::size_t depth_ = 0, parts_ = 0;
};

}  // namespace

TranslatedSelect translate_select(const Expression& select, const ProgramPoint& at,
                                  const SelectNames& names) {
  return Translation(names).finish(select, at);
}

}  // namespace reg
