#include <registration/settling.h>
#include <store/change.h>
#include <algorithm>
#include <map>

namespace reg {
namespace {

class ChangeMaker {
 public:
  ChangeMaker(std::string_view registry, const Contents& contents, const Intake& intake,
              std::vector<Diagnostic>& problems)
      : registry_(registry), contents_(contents), intake_(intake), problems_(problems) {}

  RegistryChange run() {
    find_oids();
    for (auto& [name, oid] : oids_) {
      if (oid.whole) add_what_is_there(oid);
    }
    first_newcomer_ = entrants_.size();
    for (const Newcomer& newcomer : intake_.newcomers) add(newcomer);
    for (const Registrations::Removal& removal : intake_.removals)
      unwanted_.push_back({removal.oid, removal.target});
    const Settled settled = settle(entrants_, unwanted_);
    for (const SettlingNote& note : settled.notes) report(note);
    for (std::size_t index : settled.present) oid_of_[index]->present.push_back(index);
    for (const auto& [name, oid] : oids_) finish(name, oid);
    return std::move(change_);
  }

 private:
  // An oid that the intake is about.
  struct Oid {
    const Contents::Oid* here = nullptr;  // null: there is nothing
    bool whole = false;  // what is there may go, or keep others out: it is settled again
    std::vector<std::size_t> present;  // the entrants that are under it in the end, in order
  };

  // Newcomers that act on nothing but what they are named for come after what is there, whatever
  // that is: so it need not be looked at.
  void find_oids() {
    for (const Newcomer& newcomer : intake_.newcomers) {
      Oid& oid = oid_of(newcomer.entry->implementation.symbol.oid);
      oid.whole |= oid.here != nullptr && acts_on(*oid.here, newcomer);
      if (!newcomer.options.replaces.empty()) {
        for (std::string_view other : contents_.oids_of(newcomer.options.replaces))
          oid_of(other).whole = true;
      }
    }
    for (const Registrations::Removal& removal : intake_.removals) {
      if (contents_.find(removal.oid) != nullptr) oid_of(removal.oid).whole = true;
    }
  }

  // Copies come sorted, for which the hint is right.
  Oid& oid_of(std::string_view name) {
    const std::size_t before = oids_.size();
    Oid& oid = oids_.try_emplace(oids_.end(), name)->second;
    if (oids_.size() != before) oid.here = contents_.find(name);
    return oid;
  }

  static bool acts_on(const Contents::Oid& here, const Newcomer& newcomer) {
    return newcomer.options.clear == Clear::Yes || !newcomer.merged_from.empty() ||
           (newcomer.options.force == Force::Yes && here.rules.clash_with(newcomer.entry->claim()));
  }

  void add_what_is_there(Oid& oid) {
    for (const EntryPtr& entry : oid.here->entries) {
      entries_.push_back(entry);
      entrants_.push_back(entrant_of(*entry));
      oid_of_.push_back(&oid);
    }
  }

  void add(const Newcomer& newcomer) {
    Entrant entrant = entrant_of(*newcomer.entry);
    entrant.replaces = newcomer.options.replaces;
    entrant.force = newcomer.options.force == Force::Yes;
    entrant.clear = newcomer.options.clear == Clear::Yes;
    entrant.copied = !newcomer.merged_from.empty();
    entries_.push_back(newcomer.entry);
    entrants_.push_back(entrant);
    oid_of_.push_back(&oid_of(entrant.oid));
  }

  static Entrant entrant_of(const Entry& entry) {
    const Symbol& symbol = entry.implementation.symbol;
    Entrant entrant{symbol.oid, symbol.target};
    entrant.declaration = DeclarationId::of(entry.declaration.get());
    entrant.conditional = entry.conditional;
    entrant.foreign = !entry.origin().empty();
    return entrant;
  }

  void report(const SettlingNote& note) {
    Diagnostic found;
    if (note.kind == SettlingNote::Kind::NothingToUnregister) {
      const Registrations::Removal& removal = intake_.removals[note.index];
      found = described(note.kind, registry_, removal.oid, removal.target, {});
      found.place = removal.place;
    } else {
      const Entrant& entrant = entrants_[note.index];
      found = described(note.kind, registry_, entrant.oid, entrant.target, entrant.replaces);
      found.place = entries_[note.index]->implementation.symbol.source;
    }
    (found.severity == Severity::Error ? problems_ : change_.warnings).push_back(std::move(found));
  }

  void finish(std::string_view name, const Oid& oid) {
    if (is_as_it_was(oid)) return;
    OidChange& change = change_.oids.emplace_back();
    change.oid = name;
    change.added_to = oid.here != nullptr && !oid.whole;
    for (std::size_t index : oid.present) {
      const EntryPtr& entry = entries_[index];
      auto clash = change.added_to ? oid.here->rules.clash_with(entry->claim()) : std::nullopt;
      if (clash) {
        refuse(index, clash->conflict, *oid.here->entries[clash->rival]);
      } else if ((clash = change.rules.admit(entry->claim()))) {
        refuse(index, clash->conflict, *change.entries[clash->rival]);
      } else {
        change.entries.push_back(entry);
        if (index >= first_newcomer_) ++change_.arrived;
      }
    }
  }

  bool is_as_it_was(const Oid& oid) const {
    if (!oid.whole) return oid.present.empty();
    auto same = [this](std::size_t index, const EntryPtr& entry) {
      return entries_[index] == entry;
    };
    return std::equal(oid.present.begin(), oid.present.end(), oid.here->entries.begin(),
                      oid.here->entries.end(), same);
  }

  void refuse(std::size_t index, Conflict conflict, const Entry& rival) {
    const Symbol& symbol = entries_[index]->implementation.symbol;
    const Symbol& first = rival.implementation.symbol;
    std::string message = conflict_message(conflict, registry_, symbol.oid, symbol.target);
    if (entrants_[index].copied) {
      const Newcomer& copy = intake_.newcomers[index - first_newcomer_];
      message += ", where it is merged from \"" + std::string(copy.merged_from) + '"';
    }
    message += "; the first is \"" + first.target + '"';
    if (!first.source.path.empty()) message += " at " + first.source.to_string();
    problems_.push_back(
        {Severity::Error, symbol.source, std::move(message), conflict_hint(conflict), {}});
  }

  std::string_view registry_;
  const Contents& contents_;
  const Intake& intake_;
  std::vector<Diagnostic>& problems_;
  std::map<std::string_view, Oid> oids_;
  std::vector<Entrant> entrants_;  // what is there already, then the newcomers
  std::vector<EntryPtr> entries_;  // likewise
  std::vector<Oid*> oid_of_;       // likewise
  std::size_t first_newcomer_ = 0;
  std::vector<Unwanted> unwanted_;
  RegistryChange change_;
};

}  // namespace

RegistryChange change_of(std::string_view registry, const Contents& contents, const Intake& intake,
                         std::vector<Diagnostic>& problems) {
  return ChangeMaker(registry, contents, intake, problems).run();
}

}  // namespace reg
