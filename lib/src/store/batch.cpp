#include <predicate/facts_read.h>
#include <registration/merge_plan.h>
#include <registration/reads.h>
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
    std::vector<EntryPtr> checked;   // what is to be looked at, also what is left out
    Intake intake;
    RegistryInfo joined;  // if there are merges: what is declared with what they bring
    RegistryChange change;
    bool settled = false;
  };

  Part& part_of(const std::string& name);
  Registered take(const Registration& registration);
  void take(const Registrations::Removal& removal);
  MergePlan planned(const std::vector<Registrations::Merge>& merges);
  Catalog catalog_for(const std::vector<Registrations::Merge>& merges) const;
  void join_contexts(const std::vector<Registrations::Merge>& merges);
  FactPaths read_in(const Part& part) const;
  void check_predicates(bool merging);
  void settle(const std::string& name, const MergePlan& plan);
  void copy(const PlannedMerge& merge, Part& into);
  void carry_out();

  StoreState& store_;
  std::map<std::string, Part, std::less<>> parts_;
  Findings findings_;
};

std::vector<Registered> Batch::run(const Registrations& registrations) {
  std::vector<Registered> outcome;
  for (const Registration& one : registrations.symbols) outcome.push_back(take(one));
  const MergePlan plan = planned(registrations.merges);
  for (const Registrations::Removal& one : registrations.unregister) take(one);
  join_contexts(registrations.merges);
  check_predicates(!registrations.merges.empty());
  fail_if_any(findings_.problems);
  for (const std::string& name : plan.order) settle(name, plan);
  for (const auto& [name, part] : parts_) settle(name, plan);
  fail_if_any(std::move(findings_.problems));
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
  const auto reason = store_.surroundings->reason_against(given, findings_);
  if (reason == Registered::Abstract) {
    // The registries that it names can be merged from.
    for (const std::string& name : named_in(given)) part_of(name);
    return *reason;
  }
  const std::vector<std::string> names = destinations(given);
  const auto declaration = new_declaration();
  for (auto name = names.begin(); name != names.end(); ++name) {
    if (std::find(names.begin(), name, *name) != name) {
      findings_.error(given.symbol.source,
                      '"' + *name + "\" is named twice for \"" + given.symbol.target + '"');
    }
    Part& part = part_of(*name);
    EntryPtr entry = entry_for(*part.registry, given, declaration, findings_);
    part.checked.push_back(entry);
    if (!reason) part.intake.newcomers.push_back({std::move(entry), registration.options});
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
  Diagnostic nothing = described(SettlingNote::Kind::NothingToUnregister, removal.registry,
                                 removal.oid, removal.target, {});
  nothing.place = removal.place;
  findings_.warnings.push_back(std::move(nothing));
}

MergePlan Batch::planned(const std::vector<Registrations::Merge>& merges) {
  if (merges.empty()) return {};
  std::vector<WantedMerge> wanted;
  for (const Registrations::Merge& merge : merges) {
    part_of(merge.into);
    for (const std::string& from : merge.from) {
      const Registry* known = store_.find(from);
      if (known != nullptr && !Inside::of(*known).is_view()) part_of(from);
    }
    wanted.push_back({merge.into, merge.from, merge.force == Force::Yes, merge.place});
  }
  Catalog catalog = catalog_for(merges);
  MergePlan plan = plan_merges(wanted, catalog, findings_.problems);
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

// As manifests' do (registration/reads.h).
void Batch::join_contexts(const std::vector<Registrations::Merge>& merges) {
  if (merges.empty()) return;
  Catalog catalog;
  ReadPaths paths;
  for (const auto& [name, part] : parts_) {
    catalog.registry(name) = Inside::of(*part.registry).declared;
    paths[name] = read_in(part);
  }
  std::vector<MergePointer> pointers;
  for (const Registrations::Merge& merge : merges) {
    for (const std::string& from : merge.from) pointers.push_back({merge.into, from});
  }
  join_reads(pointers, paths, catalog);
  for (auto& [name, part] : parts_) part.joined = std::move(catalog.registry(name));
}

// What is there and what comes; also what will go again, whose facts are declared in the same way.
FactPaths Batch::read_in(const Part& part) const {
  const std::vector<std::string> there = Inside::of(*part.registry).reads();
  FactPaths paths(there.begin(), there.end());
  FactsRead facts_read(store_.surroundings->predicates);
  for (const Newcomer& newcomer : part.intake.newcomers) {
    const auto& predicate = newcomer.entry->implementation.predicate;
    if (predicate) facts_read.add(*predicate, paths);
  }
  return paths;
}

void Batch::check_predicates(bool merging) {
  for (const auto& [name, part] : parts_) {
    const RegistryInfo& declared = merging ? part.joined : Inside::of(*part.registry).declared;
    for (const EntryPtr& entry : part.checked)
      check_predicate(*part.registry, declared, *entry, findings_);
  }
}

void Batch::settle(const std::string& name, const MergePlan& plan) {
  Part& part = parts_.at(name);
  if (part.settled) return;
  part.settled = true;
  const auto merges = plan.into.find(name);
  if (merges != plan.into.end()) {
    for (const PlannedMerge& merge : merges->second) copy(merge, part);
  }
  part.change =
      change_of(name, Inside::of(*part.registry).contents, part.intake, findings_.problems);
  findings_.warnings.insert(findings_.warnings.end(), part.change.warnings.begin(),
                            part.change.warnings.end());
}

void Batch::copy(const PlannedMerge& merge, Part& into) {
  const Part& from = parts_.at(merge.from);
  const RegistryState& state = Inside::of(*from.registry);
  Copier copier(*into.registry, into.joined, merge.from, merge.force ? Force::Yes : Force::No,
                merge.place, into.intake, findings_);
  each_settled(state.contents, from.change, [&](const Entry& entry) {
    copier.add(entry, state.predicate_of(entry), from.joined);
  });
}

void Batch::carry_out() {
  for (auto& [name, part] : parts_) {
    const bool changes = !part.change.oids.empty();
    RegistryState& state = Inside::of(*part.registry);
    state.apply(part.change);
    if (!part.joined.context.empty()) state.declared.context = std::move(part.joined.context);
    if (part.made && changes) store_.add(std::move(part.made));
  }
  store_.surroundings->warn(findings_.warnings);
}

}  // namespace

std::vector<Registered> settle_together(RegistryStore& store, const Registrations& registrations) {
  return Batch(store).run(registrations);
}

}  // namespace reg
