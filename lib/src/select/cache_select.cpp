// The part of `Cache` that scores.

#include <cache/cache_file.h>
#include <predicate/evaluation.h>
#include <reg/cache.h>
#include <reg/facts.h>
#include <reg/workspace.h>
#include <select/cached_predicates.h>
#include <select/contender.h>
#include <select/inside_view.h>
#include <select/line_condition.h>
#include <select/score_symbols.h>

namespace reg {

namespace {

// What is wrong with the facts of a selection; what was not given is from registry.toml.
std::vector<Diagnostic> what_is_wrong(const RegistryInfo& registry, const Context& facts,
                                      const Context& given) {
  std::vector<Diagnostic> diagnostics;
  for (WrongFact& problem : wrong_facts(registry, facts)) {
    const bool is_given = ast::descend(&given, parse_path(problem.path)) != nullptr;
    diagnostics.push_back({Severity::Error,
                           {is_given ? "" : Workspace::config_name},
                           std::move(problem.message),
                           std::move(problem.hint),
                           {}});
  }
  return diagnostics;
}

// The facts of a selection, as the registry declares them.
Context facts_in(const CacheFile& file, const RegistryInfo& registry, Context facts,
                 const Context& given) {
  merge_context(facts, given);
  try {
    return facts_for(registry, facts);
  } catch (const PredicateError& error) {
    file.broken("a declared fact is no path: " + std::string(error.what()));
  } catch (const InputError&) {
    throw InputError(what_is_wrong(registry, facts, given));
  }
}

// The symbols of one oid, of which there is at least one.
PlacedSelection placed(const CacheFile& file, const RegistryInfo& registry,
                       std::vector<Symbol> symbols, const Pin* pin, Context base,
                       const Context& given, Explain explain) {
  std::string oid = symbols.front().oid;
  CachedPredicates predicates(file, registry.select);
  const Versions versions = versions_of(registry);
  std::vector<Contender> contenders;
  contenders.reserve(symbols.size());
  for (const Symbol& symbol : symbols)
    contenders.push_back({&symbol, &predicates.of(symbol), &versions, pinned_by(pin, symbol)});
  Context facts = facts_in(file, registry, std::move(base), given);
  std::vector<Ranked> ranking = rank(contenders, facts, predicates.named(), explain);
  std::vector<std::size_t> places = places_of(ranking);
  return {selection_of(registry.name, std::move(oid), std::move(facts), std::move(ranking),
                       [&](std::size_t place) { return std::move(symbols[place]); }),
          std::move(places)};
}

Selection scored(const CacheFile& file, const RegistryInfo& registry, std::vector<Symbol> symbols,
                 Context base, const Context& given, Explain explain) {
  const Pin* pin = registry.pin(symbols.front().oid);
  return placed(file, registry, std::move(symbols), pin, std::move(base), given, explain).selection;
}

// A registry's symbols, scored one oid after the other.
class BestOfEach {
 public:
  BestOfEach(const CacheFile& file, const RegistryInfo& registry, const Context& context)
      : registry_(registry),
        predicates_(file, registry.select),
        versions_(versions_of(registry)),
        context_(context) {}

  void add(Symbol symbol) {
    if (symbol.oid != oid_) begin_oid(symbol.oid);
    const Predicate& predicate = predicates_.of(symbol);
    const double score = predicate.score(context_, symbol.info, predicates_.named(), versions_);
    if (!(score > 0)) return;
    const std::string* pinned = pinned_by(pin_, symbol);
    const bool is_first = !best_ || (pinned != nullptr && !best_->pinned);
    if (!is_first) {
      if (score < best_->score || (pinned == nullptr && best_->pinned)) return;
      if (score == best_->score) return tie(symbol.target);
    }
    tied_.clear();
    best_ = Candidate{std::move(symbol), score, std::nullopt};
    if (pinned != nullptr) best_->pinned = std::make_shared<const std::string>(*pinned);
  }

  PossibleObjects take() {
    finish_oid();
    return std::move(found_);
  }

 private:
  void begin_oid(const std::string& oid) {
    finish_oid();
    oid_ = oid;
    pin_ = registry_.pin(oid);
  }

  // The same target of another origin is no tie.
  void tie(const std::string& target) {
    if (target != best_->symbol.target) tied_.push_back(target);
  }

  void finish_oid() {
    if (!best_) return;
    if (!tied_.empty()) {
      const Symbol& winner = best_->symbol;
      tied_.insert(tied_.begin(), winner.target);
      found_.ties.push_back(
          {winner.registry, winner.oid, best_->score, each_once(std::move(tied_))});
    }
    tied_.clear();
    found_.winners.push_back(std::move(*best_));
    best_.reset();
  }

  const RegistryInfo& registry_;
  CachedPredicates predicates_;
  const Versions versions_;
  const Context& context_;
  std::string oid_;
  const Pin* pin_ = nullptr;  // of that oid
  std::optional<Candidate> best_;
  std::vector<std::string> tied_;  // the targets that are as good as the best, without its own
  PossibleObjects found_;
};

}  // namespace

PredicateSet Cache::predicates() const {
  std::vector<PredicateCall> all;
  file_->each_line(file_->predicates(), [&](std::string_view line, std::uint64_t) {
    all.push_back({file_->plain(file_->member_of(line).key)});
    return true;
  });
  return predicates(all);
}

PredicateSet Cache::predicates(const std::vector<PredicateCall>& calls) const {
  Definitions definitions(*file_);
  definitions.add(calls);
  return definitions.take();
}

void Cache::each_symbol_where(std::string_view registry, const Predicate& where,
                              const std::function<bool(const SymbolView& symbol)>& visit) const {
  LineCondition condition(*file_, where, predicates(where.calls()));
  each_symbol(registry, [&](const SymbolView& symbol) {
    return !condition.holds(InsideView::line(symbol)) || visit(symbol);
  });
}

Selection Cache::score(std::string_view registry, std::string_view oid, const Context& context,
                       Explain explain) const {
  std::vector<Symbol> symbols = require_implementations(registry, oid);
  return scored(*file_, require_registry(registry), std::move(symbols), base_context(), context,
                explain);
}

Selection Cache::score(const RegistryInfo& registry, std::string_view oid, const Context& context,
                       Explain explain) const {
  return scored(*file_, registry, require_implementations(registry.name, oid), base_context(),
                context, explain);
}

PlacedSelection score_symbols(const Cache& cache, const RegistryInfo& registry,
                              std::vector<Symbol> symbols, const Pin* pin, const Context& context,
                              Explain explain) {
  return placed(InsideView::file(cache), registry, std::move(symbols), pin, cache.base_context(),
                context, explain);
}

Selection Cache::select(std::string_view registry, std::string_view oid,
                        const Context& context) const {
  Selection selection = score(registry, oid, context);
  if (!selection.winner()) throw NoSelectableObject(score(registry, oid, context, Explain::Yes));
  return selection;
}

std::optional<Candidate> Cache::select_or_none(std::string_view registry, std::string_view oid,
                                               const Context& context) const {
  std::vector<Symbol> symbols = implementations(registry, oid);
  if (symbols.empty()) {
    require_registry(registry);
    return std::nullopt;
  }
  Selection selection = scored(*file_, require_registry(registry), std::move(symbols),
                               base_context(), context, Explain::No);
  if (!selection.winner()) return std::nullopt;
  return std::move(selection.candidates.front());
}

PossibleObjects Cache::possible_objects(std::string_view registry, const Context& context) const {
  const RegistryInfo info = require_registry(registry);
  const Context facts = facts_in(*file_, info, base_context(), context);
  BestOfEach best(*file_, info, facts);
  each_symbol(registry, [&](const SymbolView& symbol) {
    best.add(symbol.symbol());
    return true;
  });
  return best.take();
}

Dispatcher Cache::dispatcher(std::string_view registry) const {
  const RegistryInfo info = require_registry(registry);
  CachedPredicates predicates(*file_, info.select);
  std::vector<Implementation> implementations;
  each_symbol(registry, [&](const SymbolView& symbol) {
    Implementation& one = implementations.emplace_back();
    one.symbol = symbol.symbol();
    one.predicate = predicates.of(one.symbol);
    return true;
  });
  try {
    return {std::move(implementations), predicates.named(), base_context(), {info}};
  } catch (const PredicateError& error) {
    file_->broken("a declared fact is no path: " + std::string(error.what()));
  }
}

Symbol Cache::object_by_id(std::string_view registry, std::string_view oid) const {
  std::vector<Symbol> symbols = require_implementations(registry, oid);
  if (have_one_target(symbols)) return std::move(symbols.front());
  throw SelectAmbiguity('"' + std::string(oid) + "\" in registry \"" + std::string(registry) +
                            "\" has " + std::to_string(symbols.size()) + " implementations",
                        targets_of(symbols));
}

}  // namespace reg
