#include <predicate/lexer.h>
#include <predicate/print.h>
#include <predicate/survey.h>
#include <reg/text.h>
#include <algorithm>
#include <array>

namespace reg {
namespace {

using ast::is_identifier;
using ast::is_keyword;

constexpr std::array<std::string_view, 2> built_in = {"has", "yes"};

// `at_least(v)`, or `gpu()`.
std::string signature(std::string_view name, const PredicateDefinition& definition) {
  std::string text = std::string(name) + '(';
  for (const std::string& param : definition.params) {
    if (&param != &definition.params.front()) text += ", ";
    text += param;
  }
  return text + ')';
}

std::string counted(std::size_t count, const char* noun) {
  return std::to_string(count) + ' ' + noun + (count == 1 ? "" : "s");
}

Diagnostic error(std::string message, std::string hint = {}) {
  return {Severity::Error, {}, std::move(message), std::move(hint), {}};
}

std::string param_problem(const PredicateDefinition& definition) {
  const auto& params = definition.params;
  for (auto param = params.begin(); param != params.end(); ++param) {
    if (std::string problem = predicate_name_problem(*param); !problem.empty())
      return "parameter: " + problem;
    if (std::find(params.begin(), param, *param) != param)
      return "the parameter " + in_quotes(*param) + " stands twice";
  }
  return {};
}

std::string call_problem_excerpt(const Predicate& expr, std::size_t call) {
  // The text that it was parsed from is not at hand, but its canonical text has the same calls in
  // the same order.
  std::string text = expr.to_string();
  if (expr.has_function() || text.size() > Predicate::max_text) return {};
  std::size_t offset = Predicate::parse(text).calls().at(call).offset;
  return PredicateError("", std::move(text), offset).excerpt();
}

}  // namespace

std::string predicate_name_problem(std::string_view name) {
  if (!is_identifier(name))
    return in_quotes(name) + " is not a name: letters, digits and \"_\", and no digit first";
  if (is_keyword(name) || name == "self" || ast::is_version_literal(name))
    return in_quotes(name) + " has a meaning of its own in predicates";
  if (std::find(built_in.begin(), built_in.end(), name) != built_in.end())
    return in_quotes(name) + " is built in";
  return {};
}

bool PredicateSet::define(const std::string& name, PredicateDefinition definition) {
  auto [found, is_new] = definitions_.try_emplace(name, definition);
  return is_new || found->second == definition;
}

const PredicateDefinition* PredicateSet::find(std::string_view name) const {
  auto found = definitions_.find(name);
  return found == definitions_.end() ? nullptr : &found->second;
}

std::optional<Diagnostic> PredicateSet::problem(const PredicateCall& call) const {
  const PredicateDefinition* definition = find(call.name);
  if (definition == nullptr) {
    std::vector<std::string> names(built_in.begin(), built_in.end());
    for (const auto& [name, unused] : definitions_) names.push_back(name);
    return error("no predicate is named " + in_quotes(call.name), did_you_mean(call.name, names));
  }
  if (definition->is_fact() || definition->params.size() == call.arguments) return std::nullopt;
  return error(call.name + "() takes " + counted(definition->params.size(), "argument") + ", not " +
                   std::to_string(call.arguments),
               "it is " + signature(call.name, *definition));
}

std::vector<std::pair<std::string, Diagnostic>> PredicateSet::problems() const {
  std::vector<std::pair<std::string, Diagnostic>> found = ast::survey(*this);
  for (const auto& [name, definition] : definitions_) {
    if (std::string problem = predicate_name_problem(name); !problem.empty())
      found.emplace_back(name, error(problem));
    if (std::string problem = param_problem(definition); !problem.empty())
      found.emplace_back(name, error(problem));
    if (definition.is_fact()) continue;
    std::vector<PredicateCall> calls = definition.expr->calls();
    for (std::size_t i = 0; i < calls.size(); ++i) {
      std::optional<Diagnostic> problem = this->problem(calls[i]);
      if (!problem) continue;
      problem->excerpt = call_problem_excerpt(*definition.expr, i);
      found.emplace_back(name, std::move(*problem));
    }
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  return found;
}

}  // namespace reg
