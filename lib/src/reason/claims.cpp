#include <reason/claims.h>
#include <reason/witness.h>
#include <algorithm>
#include <functional>

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
  return analysis.rivals().is_known(symbol) && analysis.rivals().is_never_beaten(symbol);
}

Applying applying(const CompiledContest& contest, const Analysis& analysis, std::size_t symbol) {
  const Rivals& rivals = analysis.rivals();
  if (!rivals.is_known(symbol)) return {};
  const Boxes boxes = rivals.applying(symbol);
  if (boxes.empty()) return {Verdict::Never};
  Applying out;
  out.witness = witness_in(boxes, analysis,
                           [&](const Context& given) { return contest.applies(symbol, given); });
  if (out.witness)
    out.verdict = surely_applies(analysis, symbol) ? Verdict::Always : Verdict::Sometimes;
  return out;
}

Winning winning(const CompiledContest& contest, const Analysis& analysis, std::size_t symbol) {
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
  out.witness = witness_in(unbeaten.boxes, analysis,
                           [&](const Context& given) { return contest.wins(symbol, given); });
  if (out.witness)
    out.verdict = rivals.is_never_beaten(symbol) ? Verdict::Always : Verdict::Sometimes;
  return out;
}

std::vector<AlwaysTied> always_tied(const CompiledContest& contest, const Analysis& analysis) {
  const Rivals& rivals = analysis.rivals();
  std::vector<AlwaysTied> groups;
  std::vector<char> taken(rivals.size());
  for (std::size_t first = 0; first < rivals.size(); ++first) {
    if (taken[first] != 0 || !rivals.is_known(first) || !analysis.reads(0, first)) continue;
    if (!rivals.may_apply(first)) continue;
    AlwaysTied group{{first}, {}};
    for (std::size_t other = first + 1; other < rivals.size(); ++other) {
      if (taken[other] != 0 || !rivals.is_known(other) || !analysis.reads(0, other)) continue;
      Budget budget = analysis.budget();
      if (!rivals.always_tie(first, other, budget)) continue;
      taken[other] = 1;
      group.symbols.push_back(other);
    }
    if (group.symbols.size() < 2) continue;
    auto witness = witness_in(rivals.applying(first), analysis,
                              [&](const Context& given) { return contest.applies(first, given); });
    if (!witness) continue;
    group.witness = std::move(*witness);
    groups.push_back(std::move(group));
  }
  return groups;
}

}  // namespace reg::reason
