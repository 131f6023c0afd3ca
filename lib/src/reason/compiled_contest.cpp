#include <reason/compiled_contest.h>
#include <reg/facts.h>
#include <algorithm>

namespace reg::reason {

CompiledContest::CompiledContest(Contest contest, Pins pins)
    : contest_(std::move(contest)),
      versions_(versions_of(contest_.registry)),
      base_(declared(contest_.base)) {
  const Pin* pin = pins == Pins::Obeyed ? contest_.registry.pin(contest_.oid) : nullptr;
  contenders_.reserve(contest_.symbols.size());
  for (const Symbol& symbol : contest_.symbols) {
    const std::optional<std::string>& text =
        symbol.select ? symbol.select : contest_.registry.select;
    contenders_.push_back({&symbol, text ? &parsed_.of(symbol, *text) : &unconditional_, &versions_,
                           pinned_by(pin, symbol)});
  }
}

std::vector<std::size_t> CompiledContest::pinned() const {
  std::vector<std::size_t> found;
  for (std::size_t symbol = 0; symbol < size(); ++symbol) {
    if (contenders_[symbol].pinned != nullptr) found.push_back(symbol);
  }
  return found;
}

Context CompiledContest::declared(Context base) const {
  if (!base.is_object()) return Context::object();
  try {
    return facts_for(contest_.registry, base);
  } catch (const InputError&) {
    // A caller may yet give another value; what he does not give is an error, and no selection.
    return base;
  }
}

Context CompiledContest::base_without(const std::vector<std::vector<std::string>>& facts) const {
  Context bare = contest_.base;
  for (const std::vector<std::string>& keys : facts) take_away(bare, keys);
  return declared(std::move(bare));
}

Context CompiledContest::whole(const Context& given) const {
  Context facts = base_;
  merge_context(facts, given.is_null() ? Context::object() : given);
  return facts_for(contest_.registry, std::move(facts));
}

std::vector<Ranked> CompiledContest::ranked(const Context& whole) const {
  return rank(contenders_, whole, contest_.named, Explain::No);
}

double CompiledContest::score(std::size_t symbol, const Context& whole) const {
  const Contender& contender = contenders_[symbol];
  return contender.predicate->score(whole, contender.symbol->info, contest_.named, versions_);
}

bool CompiledContest::applies(std::size_t symbol, const Context& given) const try {
  return score(symbol, whole(given)) > 0;
} catch (const InputError&) {
  return false;
}

bool CompiledContest::wins(std::size_t symbol, const Context& given) const try {
  return wins_for(symbol, whole(given));
} catch (const InputError&) {
  return false;
}

// As `ranked` has it, but those behind the first who beats it need not be scored.
bool CompiledContest::wins_for(std::size_t symbol, const Context& whole) const {
  const double own = score(symbol, whole);
  if (!(own > 0)) return false;
  const bool is_pinned = contenders_[symbol].pinned != nullptr;
  for (std::size_t other = 0; other < size(); ++other) {
    const bool beats_by_pin = contenders_[other].pinned != nullptr && !is_pinned;
    const bool loses_by_pin = is_pinned && contenders_[other].pinned == nullptr;
    if (other == symbol || loses_by_pin) continue;
    const double others = score(other, whole);
    if (beats_by_pin && others > 0) return false;
    if (others > own || (others == own && other < symbol)) return false;
  }
  return true;
}

bool CompiledContest::accepts(const Context& given) const try {
  const Context unused = whole(given);
  return true;
} catch (const InputError&) {
  return false;
}

std::optional<std::size_t> CompiledContest::winner(const Context& given) const {
  try {
    const std::vector<Ranked> ranking = ranked(whole(given));
    if (ranking.empty() || !(ranking.front().score > 0)) return std::nullopt;
    return ranking.front().place;
  } catch (const InputError&) {
    return std::nullopt;
  }
}

}  // namespace reg::reason
