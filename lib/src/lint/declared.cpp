#include <lint/declared.h>
#include <select/inside_view.h>
#include <algorithm>

namespace reg::linting {
namespace {

Place place_of(const std::string& path, Position at) { return {path, at.line, at.column}; }

}  // namespace

std::optional<Declared> Declared::of(const Cache& cache) {
  std::optional<State> state = read_state(cache.path());
  if (!state || state->cache != InsideView::file(cache).header().sum) return std::nullopt;
  return Declared(std::move(*state));
}

Declared::Declared(State state) : state_(std::move(state)) {
  for (const KnownSource& source : state_.sources) add(source);
}

void Declared::add(const KnownSource& source) {
  if (!source.declarations) return;
  const Declarations& declarations = *source.declarations;
  for (const RegistryDeclaration& each : declarations.registries) add(source.path, each);
  for (const PredicateNamed& each : declarations.predicates)
    predicates_.try_emplace(each.name, place_of(source.path, each.at));
  for (const PredicateSummary& each : declarations.summaries)
    for (const std::string& name : each.calls) ++calls_[name];
  for (const std::string& name : declarations.when_calls) ++calls_[name];
}

void Declared::add(const std::string& path, const RegistryDeclaration& declared) {
  RegistryPlaces& places = registries_[declared.name];
  if (places.registry.path.empty()) places.registry = place_of(path, declared.at);
  if (declared.select && !places.select) places.select = place_of(path, declared.select_at);
  for (const DeclaredField& each : declared.fields)
    places.fields.try_emplace(each.field.name, place_of(path, each.at));
  for (const DeclaredFact& each : declared.context)
    places.facts.try_emplace(each.fact.path, place_of(path, each.at));
}

const RegistryPlaces* Declared::registry(std::string_view name) const {
  const auto found = registries_.find(name);
  return found == registries_.end() ? nullptr : &found->second;
}

const Place* Declared::predicate(std::string_view name) const {
  const auto found = predicates_.find(name);
  return found == predicates_.end() ? nullptr : &found->second;
}

const KnownSource* Declared::source(std::string_view path) const {
  const auto found = std::find_if(state_.sources.begin(), state_.sources.end(),
                                  [&](const KnownSource& source) { return source.path == path; });
  return found == state_.sources.end() ? nullptr : &*found;
}

void Declared::each_left_out(std::string_view registry,
                             const std::function<void(std::string_view line)>& visit) const {
  for (const KnownSource& source : state_.sources) {
    for (const auto* records : {&source.left_out, &source.dropped}) {
      for (const SymbolRecord& record : *records)
        if (record.registry == registry) visit(record.line);
    }
  }
}

}  // namespace reg::linting
