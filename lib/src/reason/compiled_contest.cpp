#include <reason/compiled_contest.h>
#include <reg/facts.h>

namespace reg::reason {

CompiledContest::CompiledContest(Contest contest)
    : contest_(std::move(contest)),
      versions_(versions_of(contest_.registry)),
      base_(contest_.base) {
  if (!base_.is_object()) base_ = Context::object();
  try {
    base_ = facts_for(contest_.registry, base_);
  } catch (const InputError&) {
    // A caller may yet give another value; what he does not give is an error, and no selection.
  }
  contenders_.reserve(contest_.symbols.size());
  for (const Symbol& symbol : contest_.symbols) {
    const std::optional<std::string>& text =
        symbol.select ? symbol.select : contest_.registry.select;
    contenders_.push_back(
        {&symbol, text ? &parsed_.of(symbol, *text) : &unconditional_, &versions_});
  }
}

Context CompiledContest::whole(const Context& given) const {
  Context facts = base_;
  merge_context(facts, given.is_null() ? Context::object() : given);
  return facts_for(contest_.registry, std::move(facts));
}

std::vector<Ranked> CompiledContest::ranked(const Context& whole) const {
  return rank(contenders_, whole, contest_.named, Explain::No);
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
