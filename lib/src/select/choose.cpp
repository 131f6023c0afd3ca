#include <reg/selection.h>
#include <algorithm>
#include <unordered_map>

namespace reg {
namespace {

// Predicates by their text: implementations of one oid often share theirs.
class ParsedPredicates {
 public:
  const Predicate& of(const std::string& text) {
    auto found = parsed_.find(text);
    if (found == parsed_.end()) found = parsed_.emplace(text, Predicate::parse(text)).first;
    return found->second;
  }

 private:
  std::unordered_map<std::string, Predicate> parsed_;
};

[[noreturn]] void fail_at(const Symbol& symbol, const RegistryError& error, std::string excerpt) {
  std::string message = "the predicate of " + symbol.target + ": " + error.what();
  throw InputError(
      {{Severity::Error, symbol.source, std::move(message), error.hint(), std::move(excerpt)}});
}

class Chooser {
 public:
  Chooser(const std::optional<std::string>& fallback, const Context& context,
          const PredicateSet& named, Explain explain)
      : fallback_(fallback), context_(context), named_(named), explain_(explain) {}

  Candidate score(Symbol symbol) {
    try {
      return score(predicate_of(symbol), symbol);
    } catch (const PredicateError& error) {
      fail_at(symbol, error, error.excerpt());
    } catch (const InputError& error) {
      fail_at(symbol, error, {});
    }
  }

 private:
  const Predicate& predicate_of(const Symbol& symbol) {
    const std::optional<std::string>& text = symbol.select ? symbol.select : fallback_;
    return text ? parsed_.of(*text) : unconditional_;
  }

  Candidate score(const Predicate& predicate, Symbol& symbol) const {
    Candidate candidate;
    if (explain_ == Explain::Yes)
      candidate.trace = predicate.explain(context_, symbol.info, named_);
    candidate.score = candidate.trace ? candidate.trace->score.value_or(0)
                                      : predicate.score(context_, symbol.info, named_);
    candidate.symbol = std::move(symbol);
    return candidate;
  }

  const std::optional<std::string>& fallback_;
  const Context& context_;
  const PredicateSet& named_;
  Explain explain_;
  ParsedPredicates parsed_;
  Predicate unconditional_ = yes();
};

// How many candidates, of which the best is first, are as good as it.
std::size_t count_tied(const std::vector<Candidate>& candidates) {
  if (candidates.empty() || !(candidates.front().score > 0)) return 0;
  double best = candidates.front().score;
  return static_cast<std::size_t>(
      std::count_if(candidates.begin(), candidates.end(),
                    [best](const Candidate& one) { return one.score == best; }));
}

}  // namespace

Selection choose(std::string registry, std::string oid, std::vector<Symbol> implementations,
                 const std::optional<std::string>& fallback, Context context,
                 const PredicateSet& named, Explain explain) {
  Selection selection{std::move(registry), std::move(oid), std::move(context), {}, 0};
  if (selection.context.is_null()) selection.context = Context::object();
  Chooser chooser(fallback, selection.context, named, explain);
  selection.candidates.reserve(implementations.size());
  for (Symbol& symbol : implementations)
    selection.candidates.push_back(chooser.score(std::move(symbol)));
  std::stable_sort(selection.candidates.begin(), selection.candidates.end(),
                   [](const Candidate& a, const Candidate& b) { return a.score > b.score; });
  selection.tied = count_tied(selection.candidates);
  return selection;
}

}  // namespace reg
