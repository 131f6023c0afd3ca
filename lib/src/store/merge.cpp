#include <reg/merge.h>
#include <registration/merge_plan.h>
#include <store/inside.h>
#include <store/newcomers.h>
#include <algorithm>

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

void add_copies(const Registry& into, const Registry& other, Force force, Intake& intake,
                std::vector<Diagnostic>& problems) {
  const RegistryState& from = Inside::of(other);
  Copier copier(into, from.declared.name, force, {}, intake, problems);
  for (const std::string& oid : from.oids()) {
    for (const Held& held : from.held(oid)) copier.add(*held.entry, held.predicate);
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
  fail_if_any(problems);
  Intake intake;
  for (const Registry& other : others) add_copies(into, other, force, intake, problems);
  fail_if_any(std::move(problems));
  return state.take_in(intake).arrived;
}

}  // namespace reg
