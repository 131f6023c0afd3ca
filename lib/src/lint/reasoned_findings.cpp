#include <lint/reasoned_findings.h>
#include <lint/why_never.h>
#include <reg/text.h>
#include <algorithm>
#include <span>

namespace reg::linting {
namespace {

constexpr std::size_t most_named = 3;
// Of how many that never apply it is looked for why.
constexpr std::size_t most_explained = 1000;

std::string shown_predicate(const std::string& text) {
  constexpr std::size_t most = 120;
  return shortened(text, most);
}

// `"a"`, `"a" and "b"`, `"a", "b", "c" and 4 others`.
std::string targets(const std::vector<Symbol>& symbols, std::span<const std::size_t> which) {
  std::vector<std::string> names;
  for (const std::size_t at : which.first(std::min(which.size(), most_named)))
    names.push_back(in_quotes(symbols[at].target));
  if (which.size() > most_named) {
    const std::size_t others = which.size() - most_named;
    names.push_back(std::to_string(others) + (others == 1 ? " other" : " others"));
  }
  if (names.size() < 2) return joined(names);
  const std::string last = std::move(names.back());
  names.pop_back();
  return joined(names) + " and " + last;
}

void relate(const std::vector<Symbol>& symbols, std::span<const std::size_t> which,
            const std::string& how, LintFinding& finding) {
  for (const std::size_t at : which.first(std::min(which.size(), most_named)))
    finding.related.push_back({in_quotes(symbols[at].target) + ' ' + how, symbols[at].source});
}

}  // namespace

// The findings of one oid.
class ReasonedFindings::Oid {
 public:
  Oid(ReasonedFindings& all, std::vector<Entrant> entrants) : all_(all) {
    Contest contest{all.registry_,
                    entrants.front().symbol.oid,
                    {},
                    all.surroundings_.named,
                    all.surroundings_.base};
    for (Entrant& each : entrants) {
      copied_.push_back(each.copied);
      contest.symbols.push_back(std::move(each.symbol));
    }
    reasoner_.emplace(std::move(contest), all.surroundings_.limits);
  }

  void look() {
    if (symbols().size() > 1) ties_ = reasoner_->always_tied();
    std::vector<Winning> winning;
    for (std::size_t at = 0; at < symbols().size(); ++at) {
      const Applying applying = applying_of(at);
      winning.push_back(symbols().size() > 1 ? reasoner_->winning(at, Witnesses::Spared)
                                             : Winning{Verdict::Always});
      const bool decided =
          applying.verdict != Verdict::Undecided &&
          (applying.verdict == Verdict::Never || winning.back().verdict != Verdict::Undecided);
      if (!decided) ++all_.undecided_;
      if (applying.verdict != Verdict::Never && winning.back().verdict == Verdict::Never)
        find_shadowed(at, winning.back());
    }
    for (const AlwaysTied& tied : ties_) find_tie(tied, winning[tied.symbols.front()]);
  }

 private:
  const std::vector<Symbol>& symbols() const { return reasoner_->contest().symbols; }

  bool is_default(std::size_t at) const {
    return !symbols()[at].select && all_.registry_.select.has_value();
  }
  bool is_unconditional(std::size_t at) const {
    return !symbols()[at].select && !all_.registry_.select;
  }

  // Looks for what is wrong with the predicate by itself.
  Applying applying_of(std::size_t at) {
    if (is_unconditional(at)) return {Verdict::Always, all_.surroundings_.base, {}};
    Applying applying = reasoner_->applying(at, Witnesses::Spared);
    std::optional<Found> never;
    if (applying.verdict == Verdict::Never) never = never_applying(at, applying);
    if (is_default(at)) {
      all_.count_default(applying, never ? &*never : nullptr);
    } else if (never) {
      all_.found_.push_back(std::move(*never));
    } else if (applying.verdict == Verdict::Always) {
      find_holding(at, applying);
    }
    return applying;
  }

  Found never_applying(std::size_t at, const Applying& applying) {
    const Symbol& symbol = symbols()[at];
    Found found = of(at, "never-applies", name_of(symbol) + " never applies");
    if (all_.explained_ < most_explained) {
      ++all_.explained_;
      found.finding.hint =
          why_never(reasoner_->contest(), at, all_.readings_, all_.surroundings_.limits);
    }
    found.finding.rests_on = applying.rests_on;
    point_at_select(found, symbol);
    return found;
  }

  void find_holding(std::size_t at, const Applying& applying) {
    const Symbol& symbol = symbols()[at];
    if (all_.readings_.of(*symbol.select).facts.empty()) return;
    Found found =
        of(at, "always-holds",
           "the predicate of " + name_of(symbol) + " reads facts, and holds for every context");
    found.finding.hint = shown_predicate(*symbol.select);
    found.finding.rests_on = applying.rests_on;
    point_at_select(found, symbol);
    all_.found_.push_back(std::move(found));
  }

  // Of what never wins and is beaten by nobody, that it never applies is said.
  void find_shadowed(std::size_t at, const Winning& winning) {
    if (winning.beaten_by.empty() || says_tie(at, winning) || is_pinned(at)) return;
    const Symbol& symbol = symbols()[at];
    Found found = of(at, "shadowed",
                     name_of(symbol) + " can never win: wherever it applies, " +
                         how_beaten(reasoner_->contest(), winning));
    found.finding.witness = reasoner_->applying(at).witness;
    found.finding.rests_on = winning.rests_on;
    relate(symbols(), winning.beaten_by, "beats it", found.finding);
    all_.found_.push_back(std::move(found));
  }

  // While the pin is there, it wins wherever it applies: it was chosen against its score.
  bool is_pinned(std::size_t at) const {
    const Pin* pin = all_.registry_.pin(symbols()[at].oid);
    return pin != nullptr && pin->target == symbols()[at].target;
  }

  // Whether always-ties says why it never wins.
  bool says_tie(std::size_t at, const Winning& winning) const {
    const auto in = [](const AlwaysTied& tied, std::size_t symbol) {
      return std::find(tied.symbols.begin(), tied.symbols.end(), symbol) != tied.symbols.end();
    };
    return std::any_of(ties_.begin(), ties_.end(), [&](const AlwaysTied& tied) {
      return in(tied, at) && at != tied.symbols.front() &&
             std::all_of(winning.beaten_by.begin(), winning.beaten_by.end(),
                         [&](std::size_t other) { return in(tied, other); });
    });
  }

  // Those that are always beaten by others are reported as shadowed. A pin settles the tie.
  void find_tie(const AlwaysTied& tied, const Winning& first) {
    if (first.verdict == Verdict::Never) return;
    if (std::any_of(tied.symbols.begin(), tied.symbols.end(),
                    [&](std::size_t at) { return is_pinned(at); }))
      return;
    std::vector<std::size_t> members;
    for (const std::size_t at : tied.symbols) {
      if (!allows(symbols()[at], "always-ties")) members.push_back(at);
    }
    if (members.size() < 2) return;
    const std::size_t at = members[1];
    Found found = of(at, "always-ties",
                     targets(symbols(), members) + " of " + symbols()[at].registry + '/' +
                         symbols()[at].oid + " always tie; " +
                         in_quotes(symbols()[tied.symbols.front()].target) + " wins, as the first");
    found.finding.witness = tied.witness;
    std::vector<std::size_t> others = members;
    others.erase(others.begin() + 1);
    relate(symbols(), others, "ties with it", found.finding);
    all_.found_.push_back(std::move(found));
  }

  static bool allows(const Symbol& symbol, std::string_view code) {
    return std::find(symbol.allow.begin(), symbol.allow.end(), code) != symbol.allow.end();
  }

  Found of(std::size_t at, const char* code, std::string message) const {
    Found found = about(code, symbols()[at], std::move(message));
    found.copied = copied_[at];
    return found;
  }

  static void point_at_select(Found& found, const Symbol& symbol) {
    if (symbol.select)
      found.part = DeclarationPart{{symbol.source.line, symbol.source.column}, {"select"}};
  }

  ReasonedFindings& all_;
  std::vector<bool> copied_;
  std::optional<Reasoner> reasoner_;
  std::vector<AlwaysTied> ties_;
};

ReasonedFindings::ReasonedFindings(const RegistryInfo& registry, const Surroundings& surroundings,
                                   Readings& readings, AllFound& found)
    : registry_(registry), surroundings_(surroundings), readings_(readings), found_(found) {
  registry_.doc.clear();
  registry_.reads.clear();
}

void ReasonedFindings::look_at(std::vector<Entrant> entrants) {
  const bool is_alone = entrants.size() == 1;
  if (is_alone && !entrants.front().symbol.select && !registry_.select) return;
  Oid(*this, std::move(entrants)).look();
}

// Those that never apply are kept back until one of the others turns up.
void ReasonedFindings::count_default(const Applying& applying, Found* never) {
  if (default_.scored == 0) default_.rests_on = applying.rests_on;
  ++default_.scored;
  if (applying.verdict == Verdict::Always) ++default_.always;
  if (never != nullptr) {
    ++default_.never;
    default_.never_applying.push_back(std::move(*never));
  }
  if (default_.never == default_.scored) return;
  std::move(default_.never_applying.begin(), default_.never_applying.end(),
            std::back_inserter(found_));
  default_.never_applying.clear();
}

void ReasonedFindings::finish(const RegistryPlaces* places) {
  if (default_.scored == 0) return;
  const bool placed = places != nullptr && places->select;
  // Of one symbol, that it does not apply says more.
  if (default_.never == default_.scored && default_.scored > 1 && placed) {
    report_default("never-applies", *places,
                   "the `select` of " + registry_.name + " never applies, for none of the " +
                       std::to_string(default_.scored) + " symbols that it scores");
  } else {
    std::move(default_.never_applying.begin(), default_.never_applying.end(),
              std::back_inserter(found_));
  }
  if (default_.always == default_.scored && placed &&
      !readings_.of(*registry_.select).facts.empty()) {
    report_default("always-holds", *places,
                   "the `select` of " + registry_.name +
                       " reads facts, and holds for every context, for all symbols that it scores");
  }
}

void ReasonedFindings::report_default(const char* code, const RegistryPlaces& places,
                                      std::string message) {
  Found& found =
      found_.emplace_back(about(code, registry_.name, {}, *places.select, std::move(message)));
  found.finding.hint = shown_predicate(*registry_.select);
  found.finding.rests_on = default_.rests_on;
}

}  // namespace reg::linting
