#include <reason/claims.h>
#include <reason/witness.h>
#include <algorithm>
#include <functional>
#include <map>

namespace reg::reason {
namespace {

constexpr std::size_t most_boxes_tried = 16;

// A context in one of the boxes for which something holds, scored.
std::optional<Context> witness_in(const Boxes& boxes, const Analysis& analysis,
                                  const std::function<bool(const Context& given)>& holds) {
  const std::size_t count = std::min(boxes.size(), most_boxes_tried);
  for (const Box& box : std::span(boxes).first(count)) {
    if (auto given = context_in(box, analysis.space(), Context::object(), holds)) return given;
  }
  return std::nullopt;
}

}  // namespace

bool never_applies(const Analysis& analysis, std::size_t symbol) {
  const Rivals& rivals = analysis.rivals();
  return rivals.is_known(symbol) && !rivals.may_apply(symbol);
}

bool surely_applies(const Analysis& analysis, std::size_t symbol) {
  const Rivals& rivals = analysis.rivals();
  Budget budget = analysis.budget();
  return rivals.is_known(symbol) && rivals.surely_applies(symbol, budget) && !budget.spent();
}

bool never_wins(const Analysis& analysis, std::size_t symbol) {
  const Rivals& rivals = analysis.rivals();
  if (!rivals.is_known(symbol)) return false;
  Budget budget = analysis.budget();
  return rivals.unbeaten(symbol, analysis.layout().full(), budget).boxes.empty() && !budget.spent();
}

bool is_never_beaten(const Analysis& analysis, std::size_t symbol) {
  Budget budget = analysis.budget();
  return analysis.rivals().is_known(symbol) && analysis.rivals().is_never_beaten(symbol, budget);
}

Applying applying(const CompiledContest& contest, const Analysis& analysis, std::size_t symbol,
                  Witnesses witnesses) {
  const Rivals& rivals = analysis.rivals();
  if (!rivals.is_known(symbol)) return {};
  const Boxes boxes = rivals.applying(symbol);
  if (boxes.empty()) return {Verdict::Never};
  Applying out;
  const bool spared = witnesses == Witnesses::Spared;
  if (!spared)
    out.witness = witness_in(boxes, analysis,
                             [&](const Context& given) { return contest.applies(symbol, given); });
  if (out.witness || spared)
    out.verdict = surely_applies(analysis, symbol) ? Verdict::Always : Verdict::Sometimes;
  return out;
}

Winning winning(const CompiledContest& contest, const Analysis& analysis, std::size_t symbol,
                Witnesses witnesses) {
  const Rivals& rivals = analysis.rivals();
  if (!rivals.is_known(symbol)) return {};
  if (!rivals.may_apply(symbol)) return {Verdict::Never};
  Budget budget = analysis.budget();
  Unbeaten unbeaten = rivals.unbeaten(symbol, analysis.layout().full(), budget);
  if (budget.spent()) return {};
  Winning out;
  if (unbeaten.boxes.empty()) {
    out.verdict = Verdict::Never;
    Budget rest = analysis.budget();
    Beaten beaten = rivals.beaten(symbol, std::move(unbeaten.beaten_by), rest);
    out.beaten_by = std::move(beaten.by);
    out.by_order = beaten.by_order;
    return out;
  }
  if (witnesses == Witnesses::Spared) return {Verdict::Sometimes};
  out.witness = witness_in(unbeaten.boxes, analysis,
                           [&](const Context& given) { return contest.wins(symbol, given); });
  if (out.witness)
    out.verdict = is_never_beaten(analysis, symbol) ? Verdict::Always : Verdict::Sometimes;
  return out;
}

namespace {

// Those that may always tie, in registration order, each with those before it.
std::map<Extent, std::vector<std::size_t>> alike(const Analysis& analysis) {
  const Rivals& rivals = analysis.rivals();
  std::map<Extent, std::vector<std::size_t>> alike;
  for (std::size_t i = 0; i < rivals.size(); ++i) {
    if (rivals.is_known(i) && rivals.may_apply(i) && analysis.reads(0, i))
      alike[rivals.extent(i)].push_back(i);
  }
  return alike;
}

// Takes the first with all that always tie with it.
std::vector<std::size_t> take_tied(std::vector<std::size_t>& symbols, const Rivals& rivals,
                                   Budget& budget) {
  std::vector<std::size_t> tied, rest;
  for (const std::size_t symbol : symbols) {
    const bool ties = tied.empty() || rivals.always_tie(tied.front(), symbol, budget);
    (ties ? tied : rest).push_back(symbol);
  }
  symbols = std::move(rest);
  return tied;
}

}  // namespace

std::vector<AlwaysTied> always_tied(const CompiledContest& contest, const Analysis& analysis) {
  const Rivals& rivals = analysis.rivals();
  std::vector<AlwaysTied> groups;
  Budget budget = analysis.budget();
  for (auto& [extent, symbols] : alike(analysis)) {
    std::vector<std::size_t> left = symbols;
    while (left.size() > 1 && !budget.spent()) {
      std::vector<std::size_t> tied = take_tied(left, rivals, budget);
      if (tied.size() < 2) continue;
      auto witness = witness_in(rivals.applying(tied.front()), analysis, [&](const Context& given) {
        return contest.applies(tied.front(), given);
      });
      if (witness) groups.push_back({std::move(tied), std::move(*witness)});
    }
  }
  std::ranges::sort(groups, {}, [](const AlwaysTied& one) { return one.symbols.front(); });
  return groups;
}

}  // namespace reg::reason
