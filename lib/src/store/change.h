#pragma once
// A change of a registry in memory, as a value: worked out before any of it is done.

#include <reg/error.h>
#include <reg/registration.h>
#include <store/contents.h>
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace reg {

// A symbol that is to come in: completed and checked (newcomers.h).
struct Newcomer {
  EntryPtr entry;
  RegisterOptions options = {};
  std::string_view merged_from = {};  // the registry that it is a copy from; empty: it is no copy
};

// What is to come into a registry and to go out of it, together.
struct Intake {
  std::vector<Newcomer> newcomers;  // in their order; those that are copies come last
  std::vector<Registrations::Removal> removals;
  std::optional<std::vector<Fact>> context = {};  // what is declared from then on; not set: as now
  std::vector<Diagnostic> warnings = {};          // to be told of when it is there
};

struct RegistryChange {
  std::vector<OidChange> oids;  // sorted; only those that change
  std::vector<Diagnostic> warnings;
  std::size_t arrived = 0;  // how many of the newcomers are there in the end
};

// What an intake comes to in a registry that holds `contents`, as it is settled (settling.h) with
// what is there as declared before. What is wrong goes to `problems`; the change is of no use then.
// In time linear (but for a logarithm) in the intake, and in what is there under the oids that it
// does not just add to.
RegistryChange change_of(std::string_view registry, const Contents& contents, const Intake& intake,
                         std::vector<Diagnostic>& problems);

// Calls `visit(entry)` for all that a registry holds once a change is done, by oid and in order.
template <typename Visit>
void each_settled(const Contents& contents, const RegistryChange& change, Visit visit);

template <typename Visit>
void each_settled(const Contents& contents, const RegistryChange& change, Visit visit) {
  auto all = [&](const std::vector<EntryPtr>& entries) {
    for (const EntryPtr& entry : entries) visit(*entry);
  };
  auto changed = change.oids.begin();
  for (const auto& [oid, content] : contents.oids()) {
    for (; changed != change.oids.end() && changed->oid < oid; ++changed) all(changed->entries);
    const bool changes = changed != change.oids.end() && changed->oid == oid;
    if (!changes || changed->added_to) all(content.entries);
    if (changes) all((changed++)->entries);
  }
  for (; changed != change.oids.end(); ++changed) all(changed->entries);
}

}  // namespace reg
