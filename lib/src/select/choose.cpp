#include <reg/selection.h>
#include <select/contender.h>
#include <select/parsed_predicates.h>
#include <select/score_symbols.h>
#include <algorithm>
#include <set>

namespace reg {
namespace {

Ranked ranked(std::size_t place, const Contender& contender, const Context& context,
              const PredicateSet& named, Explain explain) {
  static const Versions none;
  const Versions& versions = contender.versions == nullptr ? none : *contender.versions;
  const Json& info = contender.symbol->info;
  if (explain == Explain::No) {
    return {place, contender.predicate->score(context, info, named, versions), std::nullopt,
            contender.pinned};
  }
  Trace trace = contender.predicate->explain(context, info, named, versions);
  double score = trace.score.value_or(0);
  return {place, score, std::move(trace), contender.pinned};
}

// It wins wherever it applies.
void put_pinned_first(std::vector<Ranked>& ranking) {
  const auto pinned = std::find_if(ranking.begin(), ranking.end(), [](const Ranked& one) {
    return one.pinned != nullptr && one.score > 0;
  });
  if (pinned != ranking.end()) std::rotate(ranking.begin(), pinned, pinned + 1);
}

// Whether the second would win if the first were not pinned: the others stand as they would then.
bool pin_decides(const std::vector<Ranked>& ranking) {
  if (ranking.size() < 2 || ranking.front().pinned == nullptr || !(ranking.front().score > 0))
    return false;
  const Ranked &pinned = ranking[0], &next = ranking[1];
  return next.score > pinned.score || (next.score == pinned.score && next.place < pinned.place);
}

// How many candidates, of which the best is first, are as good as it.
std::size_t count_tied(const std::vector<Candidate>& candidates) {
  if (candidates.empty() || !(candidates.front().score > 0)) return 0;
  if (candidates.front().pinned) return 1;
  double best = candidates.front().score;
  return static_cast<std::size_t>(
      std::count_if(candidates.begin(), candidates.end(),
                    [best](const Candidate& one) { return one.score == best; }));
}

struct Scoring {
  std::string registry, oid;
  const std::optional<std::string>& fallback;
  const PredicateSet& named;
  const Versions& versions;
  const Pin* pin = nullptr;
};

PlacedSelection scored(Scoring scoring, std::vector<Symbol> symbols, Context context,
                       Explain explain) {
  if (context.is_null()) context = Context::object();
  ParsedPredicates parsed;
  std::vector<Contender> contenders;
  contenders.reserve(symbols.size());
  for (const Symbol& symbol : symbols) {
    const std::optional<std::string>& text = symbol.select ? symbol.select : scoring.fallback;
    contenders.push_back({&symbol, text ? &parsed.of(symbol, *text) : nullptr, &scoring.versions,
                          pinned_by(scoring.pin, symbol)});
  }
  std::vector<Ranked> ranking = rank(contenders, context, scoring.named, explain);
  std::vector<std::size_t> places = places_of(ranking);
  return {selection_of(std::move(scoring.registry), std::move(scoring.oid), std::move(context),
                       std::move(ranking),
                       [&](std::size_t place) { return std::move(symbols[place]); }),
          std::move(places)};
}

}  // namespace

std::vector<std::size_t> places_of(const std::vector<Ranked>& ranking) {
  std::vector<std::size_t> places;
  places.reserve(ranking.size());
  for (const Ranked& one : ranking) places.push_back(one.place);
  return places;
}

PlacedSelection score_symbols(const std::string& registry, std::vector<Symbol> symbols,
                              const Context& context, Explain explain) {
  std::string oid = symbols.front().oid;
  return scored({registry, std::move(oid), std::nullopt, {}, {}}, std::move(symbols), context,
                explain);
}

std::vector<Ranked> rank(std::span<const Contender> contenders, const Context& context,
                         const PredicateSet& named, Explain explain) {
  const Predicate unconditional = yes();
  std::vector<Ranked> ranking;
  ranking.reserve(contenders.size());
  for (Contender contender : contenders) {
    if (contender.predicate == nullptr) contender.predicate = &unconditional;
    try {
      ranking.push_back(ranked(ranking.size(), contender, context, named, explain));
    } catch (const InputError& error) {
      fail_at(*contender.symbol, error);
    }
  }
  std::stable_sort(ranking.begin(), ranking.end(),
                   [](const Ranked& a, const Ranked& b) { return a.score > b.score; });
  put_pinned_first(ranking);
  return ranking;
}

Selection selection_of(std::string registry, std::string oid, Context context,
                       std::vector<Ranked> ranking,
                       const std::function<Symbol(std::size_t place)>& symbol_at) {
  Selection selection{std::move(registry), std::move(oid), std::move(context), {}, 0};
  selection.candidates.reserve(ranking.size());
  for (Ranked& one : ranking) {
    Candidate& candidate = selection.candidates.emplace_back(
        Candidate{symbol_at(one.place), one.score, std::move(one.trace)});
    if (one.pinned != nullptr) candidate.pinned = std::make_shared<const std::string>(*one.pinned);
  }
  selection.tied = count_tied(selection.candidates);
  selection.pin_decides = pin_decides(ranking);
  return selection;
}

std::vector<std::string> targets_of(const std::vector<Symbol>& symbols) {
  std::vector<std::string> targets;
  targets.reserve(symbols.size());
  for (const Symbol& symbol : symbols) targets.push_back(symbol.target);
  return targets;
}

bool have_one_target(const std::vector<Symbol>& symbols) {
  return std::all_of(symbols.begin(), symbols.end(), [&symbols](const Symbol& symbol) {
    return symbol.target == symbols.front().target;
  });
}

std::vector<std::string> each_once(std::vector<std::string> texts) {
  std::set<std::string> seen;
  std::erase_if(texts, [&seen](const std::string& text) { return !seen.insert(text).second; });
  return texts;
}

Selection choose(std::string registry, std::string oid, std::vector<Symbol> implementations,
                 const std::optional<std::string>& fallback, Context context,
                 const PredicateSet& named, Explain explain, const Versions& versions,
                 const std::optional<Pin>& pin) {
  return scored({std::move(registry), std::move(oid), fallback, named, versions,
                 pin ? &*pin : nullptr},
                std::move(implementations), std::move(context), explain)
      .selection;
}

}  // namespace reg
