#include <registration/merge_plan.h>
#include <registration/settling.h>
#include <store/batch.h>
#include <store/inside.h>
#include <store/newcomers.h>
#include <algorithm>
#include <map>
#include <memory>
#include <string>

namespace reg {
namespace {

// logilab's obj_registries; empty: none is named.
std::vector<std::string> named_in(const Implementation& implementation) {
  if (!implementation.registries.empty()) return implementation.registries;
  if (!implementation.symbol.registry.empty()) return {implementation.symbol.registry};
  return {};
}

std::vector<std::string> destinations(const Implementation& implementation) {
  std::vector<std::string> names = named_in(implementation);
  if (!names.empty()) return names;
  throw UsageError("no registry is named for \"" + implementation.symbol.target + "\"");
}

class Batch {
 public:
  explicit Batch(RegistryStore& store) : store_(Inside::of(store)) {}
  std::vector<Registered> run(const Registrations& registrations);

 private:
  // A registry that the batch is about.
  struct Part {
    Registry* registry = nullptr;
    std::unique_ptr<Registry> made;  // it is not in the store yet
    Intake intake;
    RegistryChange change;
    bool settled = false;
  };

  Part& part_of(const std::string& name);
  Registered take(const Registration& registration);
  void take(const Registrations::Removal& removal);
  MergePlan planned(const std::vector<Registrations::Merge>& merges);
  Catalog catalog_for(const std::vector<Registrations::Merge>& merges) const;
  void settle(const std::string& name, const MergePlan& plan);
  void copy(const PlannedMerge& merge, Part& into);
  void carry_out();

  StoreState& store_;
  std::map<std::string, Part, std::less<>> parts_;
  std::vector<Diagnostic> problems_, warnings_;
};

std::vector<Registered> Batch::run(const Registrations& registrations) {
  std::vector<Registered> outcome;
  for (const Registration& one : registrations.symbols) outcome.push_back(take(one));
  const MergePlan plan = planned(registrations.merges);
  for (const Registrations::Removal& one : registrations.unregister) take(one);
  fail_if_any(problems_);
  for (const std::string& name : plan.order) settle(name, plan);
  for (const auto& [name, part] : parts_) settle(name, plan);
  fail_if_any(std::move(problems_));
  carry_out();
  return outcome;
}

Batch::Part& Batch::part_of(const std::string& name) {
  auto [place, is_new] = parts_.try_emplace(name);
  Part& part = place->second;
  if (!is_new) return part;
  require_no_view(name);
  part.registry = store_.find(name);
  if (part.registry != nullptr) return part;
  const RegistryState checked(name, {});  // the name, before a factory sees it
  part.made = store_.make(name);
  part.registry = part.made.get();
  return part;
}

Registered Batch::take(const Registration& registration) {
  const Implementation& given = registration.implementation;
  const auto reason = store_.surroundings->reason_against(given, problems_);
  if (reason == Registered::Abstract) {
    // The registries that it names can be merged from.
    for (const std::string& name : named_in(given)) part_of(name);
    return *reason;
  }
  const std::vector<std::string> names = destinations(given);
  const auto declaration = new_declaration();
  for (auto name = names.begin(); name != names.end(); ++name) {
    if (std::find(names.begin(), name, *name) != name) {
      problems_.push_back(error_at(given.symbol.source, '"' + *name + "\" is named twice for \"" +
                                                            given.symbol.target + '"'));
    }
    Part& part = part_of(*name);
    EntryPtr entry = entry_for(*part.registry, given, declaration, problems_);
    if (entry && !reason) part.intake.newcomers.push_back({std::move(entry), registration.options});
  }
  return reason.value_or(Registered::Yes);
}

// A registry that is not there is not made for it.
void Batch::take(const Registrations::Removal& removal) {
  require_no_view(removal.registry);
  if (parts_.contains(removal.registry) || store_.find(removal.registry) != nullptr) {
    part_of(removal.registry).intake.removals.push_back(removal);
    return;
  }
  warnings_.push_back(described(SettlingNote::Kind::NothingToUnregister, removal.registry,
                                removal.oid, removal.target, {}));
  warnings_.back().place = removal.place;
}

MergePlan Batch::planned(const std::vector<Registrations::Merge>& merges) {
  if (merges.empty()) return {};
  std::vector<WantedMerge> wanted;
  for (const Registrations::Merge& merge : merges) {
    part_of(merge.into);
    wanted.push_back({merge.into, merge.from, merge.force == Force::Yes, merge.place});
  }
  Catalog catalog = catalog_for(merges);
  MergePlan plan = plan_merges(wanted, catalog, problems_);
  for (const std::string& name : plan.order) part_of(name);
  return plan;
}

// All registries only where one is sought in vain, for a hint.
Catalog Batch::catalog_for(const std::vector<Registrations::Merge>& merges) const {
  Catalog catalog;
  auto add = [&catalog](const Registry& registry) {
    const RegistryState& state = Inside::of(registry);
    if (!state.is_view()) catalog.registry(state.declared.name) = state.declared;
  };
  for (const auto& [name, part] : parts_) add(*part.registry);
  bool all_there = true;
  for (const Registrations::Merge& merge : merges) {
    for (const std::string& from : merge.from) {
      if (const Registry* registry = store_.find(from)) add(*registry);
      all_there = all_there && catalog.registries.contains(from);
    }
  }
  if (all_there) return catalog;
  for (const auto& [name, registry] : store_.registries) add(*registry);
  return catalog;
}

void Batch::settle(const std::string& name, const MergePlan& plan) {
  Part& part = parts_.at(name);
  if (part.settled) return;
  part.settled = true;
  const auto merges = plan.into.find(name);
  if (merges != plan.into.end()) {
    for (const PlannedMerge& merge : merges->second) copy(merge, part);
  }
  part.change = change_of(name, Inside::of(*part.registry).contents, part.intake, problems_);
  warnings_.insert(warnings_.end(), part.change.warnings.begin(), part.change.warnings.end());
}

void Batch::copy(const PlannedMerge& merge, Part& into) {
  const Part& from = parts_.at(merge.from);
  const RegistryState& state = Inside::of(*from.registry);
  Copier copier(*into.registry, state.declared.name, merge.force ? Force::Yes : Force::No,
                merge.place, into.intake, problems_);
  each_settled(state.contents, from.change,
               [&](const Entry& entry) { copier.add(entry, state.predicate_of(entry)); });
}

void Batch::carry_out() {
  for (auto& [name, part] : parts_) {
    const bool changes = !part.change.oids.empty();
    Inside::of(*part.registry).apply(part.change);
    if (part.made && changes) store_.add(std::move(part.made));
  }
  for (const Diagnostic& warning : warnings_) store_.surroundings->warn(warning);
}

}  // namespace

std::vector<Registered> settle_together(RegistryStore& store, const Registrations& registrations) {
  return Batch(store).run(registrations);
}

}  // namespace reg
