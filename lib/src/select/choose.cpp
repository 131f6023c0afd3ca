#include <reg/selection.h>
#include <select/contender.h>
#include <select/parsed_predicates.h>
#include <algorithm>

namespace reg {
namespace {

Candidate scored(const Contender& contender, const Context& context, const PredicateSet& named,
                 Explain explain) {
  const Symbol& symbol = *contender.symbol;
  const Predicate& predicate = *contender.predicate;
  Candidate candidate{symbol, 0, std::nullopt};
  if (explain == Explain::Yes) candidate.trace = predicate.explain(context, symbol.info, named);
  candidate.score = candidate.trace ? candidate.trace->score.value_or(0)
                                    : predicate.score(context, symbol.info, named);
  return candidate;
}

// How many candidates, of which the best is first, are as good as it.
std::size_t count_tied(const std::vector<Candidate>& candidates) {
  if (candidates.empty() || !(candidates.front().score > 0)) return 0;
  double best = candidates.front().score;
  return static_cast<std::size_t>(
      std::count_if(candidates.begin(), candidates.end(),
                    [best](const Candidate& one) { return one.score == best; }));
}

}  // namespace

Selection choose_among(std::string registry, std::string oid, std::span<const Contender> contenders,
                       Context context, const PredicateSet& named, Explain explain) {
  Selection selection{std::move(registry), std::move(oid), std::move(context), {}, 0};
  if (selection.context.is_null()) selection.context = Context::object();
  const Predicate unconditional = yes();
  selection.candidates.reserve(contenders.size());
  for (Contender contender : contenders) {
    if (contender.predicate == nullptr) contender.predicate = &unconditional;
    try {
      selection.candidates.push_back(scored(contender, selection.context, named, explain));
    } catch (const InputError& error) {
      fail_at(*contender.symbol, error);
    }
  }
  std::stable_sort(selection.candidates.begin(), selection.candidates.end(),
                   [](const Candidate& a, const Candidate& b) { return a.score > b.score; });
  selection.tied = count_tied(selection.candidates);
  return selection;
}

Selection choose(std::string registry, std::string oid, std::vector<Symbol> implementations,
                 const std::optional<std::string>& fallback, Context context,
                 const PredicateSet& named, Explain explain) {
  ParsedPredicates parsed;
  std::vector<Contender> contenders;
  contenders.reserve(implementations.size());
  for (const Symbol& symbol : implementations) {
    const std::optional<std::string>& text = symbol.select ? symbol.select : fallback;
    contenders.push_back({&symbol, text ? &parsed.of(symbol, *text) : nullptr});
  }
  return choose_among(std::move(registry), std::move(oid), contenders, std::move(context), named,
                      explain);
}

}  // namespace reg
