#include <predicate/evaluation.h>
#include <predicate/known.h>
#include <predicate/origin.h>

namespace reg::ast {
namespace {

Known known_field(const Json* json, bool is_version) {
  static const Json null;
  return {std::nullopt, {json == nullptr ? &null : json, origin_of_field(is_version)}};
}

}  // namespace

Known KnownOperands::of(const Path& path, const Frame* frame) const {
  if (path.scope == Scope::Self)
    return known_field(descend_info(self_, path.keys), versions_.has_field(path.keys));
  Value::Origin origin = origin_of_fact(versions_.has_fact(path, frame));
  const Operand* argument = argument_of(path, frame);
  if (argument == nullptr) return {path.keys, {nullptr, origin}};
  Known whole = of(*argument, frame->caller);
  auto below = std::span(path.keys).subspan(1);
  if (below.empty()) return whole;
  if (whole.value.is_field())
    return known_field(descend_argument(self_, whole.value.json, *argument, frame->caller, below),
                       false);
  if (!whole.is_fact()) return {std::nullopt, {descend(whole.value.json, below)}};
  whole.fact->insert(whole.fact->end(), below.begin(), below.end());
  whole.value.origin = origin;
  return whole;
}

Known KnownOperands::of(const Operand& operand, const Frame* frame) const {
  if (const auto* literal = std::get_if<Literal>(&operand))
    return {std::nullopt, {&literal->value}};
  return of(std::get<Path>(operand), frame);
}

}  // namespace reg::ast
