// How a registry chooses.

#include <reg/facts.h>
#include <registration/declared_facts.h>
#include <select/contender.h>
#include <store/inside.h>
#include <algorithm>
#include <map>

namespace reg {
namespace {

void report_tie(const RegistryState& state, const Selection& selection) {
  const std::optional<Tie> tie = selection.tie();
  if (!tie) return;
  if (state.surroundings->debugmode == DebugMode::Yes) throw SelectAmbiguity(std::vector{*tie});
  state.surroundings->warn(selection.winner()->symbol.source, tie->message(),
                           "the first registered was taken");
}

struct Declared {
  Versions versions;
  DeclaredFacts facts;
};
// Of the registries that implementations are in: one, but for the merged view.
using DeclaredIn = std::map<const RegistryInfo*, Declared>;

DeclaredIn declared_for(const std::vector<Held>& all) {
  DeclaredIn declared;
  for (const Held& held : all) {
    auto [place, is_new] = declared.try_emplace(held.registry);
    if (is_new) place->second = {versions_of(*held.registry), DeclaredFacts(*held.registry)};
  }
  return declared;
}

Selection scored(const RegistryState& state, std::string_view oid, const std::vector<Held>& all,
                 Context facts, Explain explain) {
  const DeclaredIn declared = declared_for(all);
  for (const auto& [registry, one] : declared) one.facts.check({facts});
  for (const auto& [registry, one] : declared) one.facts.write_versions(facts);
  // A pin chooses among the implementations of one registry: where those of several meet, in the
  // merged view, none counts.
  const Pin* pin = declared.size() == 1 ? all.front().registry->pin(oid) : nullptr;
  std::vector<Contender> contenders;
  contenders.reserve(all.size());
  for (const Held& held : all) {
    const Symbol& symbol = held.entry->implementation.symbol;
    contenders.push_back(
        {&symbol, held.predicate, &declared.at(held.registry).versions, pinned_by(pin, symbol)});
  }
  std::vector<Ranked> ranking = rank(contenders, facts, state.surroundings->predicates, explain);
  return selection_of(state.declared.name, std::string(oid), std::move(facts), std::move(ranking),
                      [&](std::size_t place) { return state.symbol_of(all[place]); });
}

// Whether the traces are needed where none applies.
enum class Reasons : bool { No, Yes };

// The choice, of which listeners and tracers are told; without candidates if there is no such oid.
Selection best_of(const RegistryState& state, std::string_view oid, const std::vector<Held>& all,
                  Context facts, Reasons reasons) {
  const Surroundings& surroundings = *state.surroundings;
  const Explain explain = surroundings.is_traced(oid) ? Explain::Yes : Explain::No;
  Selection selection = scored(state, oid, all, std::move(facts), explain);
  if (reasons == Reasons::Yes && explain == Explain::No && !selection.winner())
    selection = scored(state, oid, all, std::move(selection.context), Explain::Yes);
  for (const auto& tracer : surroundings.tracers) {
    if (tracer->wants(oid)) tracer->write(selection);
  }
  for (const SelectionListener& listener : state.listeners) listener(selection);
  for (const SelectionListener& listener : surroundings.listeners) listener(selection);
  report_tie(state, selection);
  return selection;
}

}  // namespace

Context Registry::facts_of(const Context& context) const {
  Context facts = state_->surroundings->base_context;
  merge_context(facts, context);
  return facts;
}

Selection Registry::score(std::string_view oid, const Context& context, Explain explain) const {
  return scored(*state_, oid, state_->require_held(oid), facts_of(context), explain);
}

Selection Registry::select(std::string_view oid, const Context& context) const {
  Selection selection =
      best_of(*state_, oid, state_->require_held(oid), facts_of(context), Reasons::Yes);
  if (!selection.winner()) throw NoSelectableObject(std::move(selection));
  return selection;
}

std::optional<Candidate> Registry::select_or_none(std::string_view oid,
                                                  const Context& context) const {
  const std::vector<Held> all = state_->held(oid);
  if (all.empty()) return std::nullopt;
  Selection selection = best_of(*state_, oid, all, facts_of(context), Reasons::No);
  if (!selection.winner()) return std::nullopt;
  return std::move(selection.candidates.front());
}

std::vector<Candidate> Registry::possible_objects(const Context& context) const {
  std::vector<Candidate> winners;
  const Context facts = facts_of(context);
  for (const std::string& oid : oids()) {
    const std::vector<Held> all = state_->held(oid);
    if (all.empty()) continue;  // a listener has taken it out
    Selection selection = best_of(*state_, oid, all, facts, Reasons::No);
    if (selection.winner()) winners.push_back(std::move(selection.candidates.front()));
  }
  return winners;
}

Dispatcher Registry::dispatcher() const {
  std::vector<RegistryInfo> declared;
  std::vector<Implementation> implementations;
  implementations.reserve(size());
  for (const std::string& oid : oids()) {
    for (const Held& held : state_->held(oid)) {
      Implementation& one = implementations.emplace_back(held.entry->implementation);
      if (held.predicate != nullptr) one.predicate = *held.predicate;
      auto is_its = [&held](const RegistryInfo& known) {
        return known.name == held.registry->name;
      };
      if (std::none_of(declared.begin(), declared.end(), is_its))
        declared.push_back(*held.registry);
    }
  }
  return {std::move(implementations), state_->surroundings->predicates,
          state_->surroundings->base_context, declared};
}

void Registry::add_select_best_listener(SelectionListener listener) {
  state_->listeners.push_back(std::move(listener));
}

}  // namespace reg
