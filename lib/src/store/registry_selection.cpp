// How a registry chooses.

#include <reg/registry.h>
#include <select/contender.h>
#include <store/surroundings.h>
#include <text/json_text.h>

namespace reg {
namespace {

std::vector<std::string> tied_targets(const Selection& selection) {
  std::vector<std::string> targets;
  for (std::size_t i = 0; i < selection.tied; ++i)
    targets.push_back(selection.candidates[i].symbol.target);
  return targets;
}

std::string tie_message(const Selection& selection, const std::vector<std::string>& targets) {
  std::string text = std::to_string(targets.size()) + " implementations of \"" + selection.oid +
                     "\" in registry \"" + selection.registry +
                     "\" score the same for the context " + to_text(selection.context) + ": ";
  for (std::size_t i = 0; i < targets.size(); ++i) text += (i == 0 ? "" : ", ") + targets[i];
  return text;
}

}  // namespace

Selection Registry::scored(std::string_view oid, const Entries& entries, const Context& context,
                           Explain explain) const {
  std::vector<Contender> contenders;
  contenders.reserve(entries.size());
  for (const Entry& entry : entries) {
    const Implementation& implementation = entry.implementation;
    contenders.push_back({&implementation.symbol, predicate_of(implementation)});
  }
  Context facts = surroundings_->base_context;
  merge_context(facts, context);
  std::vector<Ranked> ranking = rank(contenders, facts, surroundings_->predicates, explain);
  return selection_of(name_, std::string(oid), std::move(facts), std::move(ranking),
                      [&](std::size_t place) { return *contenders[place].symbol; });
}

Selection Registry::score(std::string_view oid, const Context& context, Explain explain) const {
  return scored(oid, require_entries(oid), context, explain);
}

Selection Registry::best_of(std::string_view oid, const Context& context) const {
  auto found = entries_.find(oid);
  if (found == entries_.end()) return {name_, std::string(oid), context, {}, 0};
  return best_of(oid, found->second, context);
}

Selection Registry::best_of(std::string_view oid, const Entries& entries,
                            const Context& context) const {
  bool traced = surroundings_->is_traced(oid);
  Selection selection = scored(oid, entries, context, traced ? Explain::Yes : Explain::No);
  for (const auto& tracer : surroundings_->tracers) {
    if (tracer->wants(oid)) tracer->write(selection);
  }
  for (const SelectionListener& listener : listeners_) listener(selection);
  for (const SelectionListener& listener : surroundings_->listeners) listener(selection);
  if (selection.ambiguous()) report_tie(selection);
  return selection;
}

void Registry::report_tie(const Selection& selection) const {
  std::vector<std::string> targets = tied_targets(selection);
  std::string message = tie_message(selection, targets);
  if (surroundings_->debugmode == DebugMode::Yes)
    throw SelectAmbiguity(message, std::move(targets));
  surroundings_->warn(selection.winner()->symbol.source, std::move(message),
                      "the first registered was taken");
}

Selection Registry::select(std::string_view oid, const Context& context) const {
  Selection selection = best_of(oid, require_entries(oid), context);
  if (!selection.winner()) throw NoSelectableObject(std::move(selection));
  return selection;
}

std::optional<Candidate> Registry::select_or_none(std::string_view oid,
                                                  const Context& context) const {
  Selection selection = best_of(oid, context);
  if (!selection.winner()) return std::nullopt;
  return std::move(selection.candidates.front());
}

std::vector<Candidate> Registry::possible_objects(const Context& context) const {
  std::vector<Candidate> winners;
  for (const auto& [oid, entries] : entries_) {
    Selection selection = best_of(oid, entries, context);
    if (selection.winner()) winners.push_back(std::move(selection.candidates.front()));
  }
  return winners;
}

Dispatcher Registry::dispatcher() const {
  std::vector<Implementation> implementations;
  implementations.reserve(size_);
  for (const auto& [oid, entries] : entries_) {
    for (const Entry& entry : entries) {
      Implementation& one = implementations.emplace_back(entry.implementation);
      if (const Predicate* predicate = predicate_of(one)) one.predicate = *predicate;
    }
  }
  return {std::move(implementations), surroundings_->predicates, surroundings_->base_context};
}

}  // namespace reg
