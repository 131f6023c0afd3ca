#include <predicate/facts_read.h>
#include <reg/merge.h>
#include <registration/merge_plan.h>
#include <registration/reads.h>
#include <store/inside.h>
#include <store/newcomers.h>
#include <map>

namespace reg {
namespace {

// Whether they can be merged at all.
void check(const Registry& into, const Registry& other, std::vector<Diagnostic>& problems) {
  if (&other == &into) {
    problems.push_back(merged_in_circle({}, into.name() + " from " + into.name()));
    return;
  }
  const auto conflicts = conflicts_of_fields(Inside::of(other).info(), Inside::of(into).info(), {});
  problems.insert(problems.end(), conflicts.begin(), conflicts.end());
}

// What is copied from registries, and what they declare: of the merged view, those that it shows.
using Originals = std::map<const RegistryInfo*, FactPaths>;

void join_facts(const RegistryState& from, FactsRead& facts_read, FactPaths& own,
                RegistryInfo& into) {
  Originals read;
  for (const std::string& oid : from.oids()) {
    for (const Held& held : from.held(oid)) {
      FactPaths& paths = read[held.registry];
      if (held.predicate != nullptr) facts_read.add(*held.predicate, paths);
    }
  }
  for (const auto& [registry, paths] : read) {
    join_facts(paths, *registry, own, into);
    own.insert(paths.begin(), paths.end());
  }
}

void add_copies(const Registry& into, const RegistryInfo& declared, const Registry& other,
                Force force, Intake& intake, Findings& findings) {
  const RegistryState& from = Inside::of(other);
  Copier copier(into, declared, from.declared.name, force, {}, intake, findings);
  for (const std::string& oid : from.oids()) {
    for (const Held& held : from.held(oid)) copier.add(*held.entry, held.predicate, *held.registry);
  }
}

}  // namespace

std::size_t merge(Registry& into, const Registry& other, Force force) {
  return merge(into, std::vector{std::cref(other)}, force);
}

std::size_t merge(Registry& into, const std::vector<std::reference_wrapper<const Registry>>& others,
                  Force force) {
  RegistryState& state = Inside::of(into);
  state.require_writable();
  if (state.surroundings->register_locked) return 0;
  std::vector<Diagnostic> problems;
  for (const Registry& other : others) check(into, other, problems);
  fail_if_any(std::move(problems));
  RegistryInfo declared = state.declared;
  FactsRead facts_read(state.surroundings->predicates);
  const std::vector<std::string> reads = state.reads();
  FactPaths own(reads.begin(), reads.end());
  for (const Registry& other : others) join_facts(Inside::of(other), facts_read, own, declared);
  Intake intake;
  Findings findings;
  for (const Registry& other : others) add_copies(into, declared, other, force, intake, findings);
  fail_if_any(std::move(findings.problems));
  intake.warnings = std::move(findings.warnings);
  intake.context = std::move(declared.context);
  return state.take_in(intake).arrived;
}

}  // namespace reg
