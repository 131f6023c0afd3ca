// The part of `Cache` that scores.

#include <cache/cache_file.h>
#include <cache/head_lines.h>
#include <predicate/evaluation.h>
#include <reg/cache.h>
#include <reg/facts.h>
#include <reg/workspace.h>
#include <registration/declared_facts.h>
#include <select/contender.h>
#include <select/line_condition.h>
#include <text/json_text.h>

#include <unordered_map>

namespace reg {

namespace {

// The definitions that a cache has, added to a set as they are called.
class Definitions {
 public:
  explicit Definitions(const CacheFile& file) : file_(file) {}

  void add(const std::vector<PredicateCall>& calls) {
    bool grown = false;
    std::vector<PredicateCall> open = calls;
    while (!open.empty()) {
      std::string name = std::move(open.back().name);
      open.pop_back();
      if (set_.find(name)) continue;
      auto definition = read(name);
      if (!definition) continue;
      if (definition->expr) {
        for (PredicateCall& call : definition->expr->calls()) open.push_back(std::move(call));
      }
      grown = set_.define(name, std::move(*definition)) || grown;
    }
    // One that reaches itself would be scored for ever.
    if (grown && !set_.problems().empty()) {
      file_.broken("its named predicates do not fit together");
    }
  }

  // As `add`, for a predicate of the cache's own, which cannot call what the cache does not have.
  void require(const Predicate& predicate) {
    std::vector<PredicateCall> calls = predicate.calls();
    add(calls);
    for (const PredicateCall& call : calls) {
      if (auto problem = set_.problem(call)) file_.broken(problem->message);
    }
  }

  const PredicateSet& set() const { return set_; }
  PredicateSet take() { return std::move(set_); }

 private:
  std::optional<PredicateDefinition> read(const std::string& name) const {
    std::string key;
    append_escaped(key, name);
    auto value = file_.member(file_.predicates(), key);
    if (!value) return std::nullopt;
    try {
      if (auto definition = definition_from(*value)) return definition;
    } catch (const PredicateError&) {
      // Reported below, like any other value that is no definition.
    }
    file_.broken("the predicate " + name + " is not defined as it must be");
  }

  const CacheFile& file_;
  PredicateSet set_;
};

Predicate parse_predicate(const CacheFile& file, const std::string& text) {
  try {
    return Predicate::parse(text);
  } catch (const PredicateError& error) {
    file.broken("the predicate " + text + " does not parse: " + error.what());
  }
}

// What is wrong with the facts of a selection; what was not given is from registry.toml.
std::vector<Diagnostic> wrong_facts(const RegistryInfo& registry, const Context& facts,
                                    const Context& given) {
  std::vector<Diagnostic> diagnostics;
  for (DeclaredFacts::Problem& problem : DeclaredFacts(registry).problems({facts})) {
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
                 const Context& given) try {
  merge_context(facts, given);
  try {
    return facts_for(registry, facts);
  } catch (const InputError&) {
    throw InputError(wrong_facts(registry, facts, given));
  }
} catch (const PredicateError& error) {
  file.broken("a declared fact is no path: " + std::string(error.what()));
}

// What scores the symbols of a registry; each distinct predicate is parsed once.
class PredicatesOfRegistry {
 public:
  PredicatesOfRegistry(const CacheFile& file, std::optional<std::string> fallback)
      : file_(file), named_(file), fallback_(std::move(fallback)) {}

  const Predicate& of(const Symbol& symbol) {
    const std::optional<std::string>& text = symbol.select ? symbol.select : fallback_;
    if (!text) return unconditional_;
    auto known = predicates_.find(*text);
    if (known != predicates_.end()) return known->second;
    Predicate predicate = parse_predicate(file_, *text);
    named_.require(predicate);
    return predicates_.emplace(*text, std::move(predicate)).first->second;
  }

  // All that those call.
  const PredicateSet& named() const { return named_.set(); }

 private:
  const CacheFile& file_;
  Definitions named_;
  const std::optional<std::string> fallback_;
  const Predicate unconditional_ = yes();
  std::unordered_map<std::string, Predicate> predicates_;
};

// A registry's symbols, scored one oid after the other.
class BestOfEach {
 public:
  BestOfEach(const CacheFile& file, const RegistryInfo& registry, const Context& context)
      : predicates_(file, registry.select), versions_(versions_of(registry)), context_(context) {}

  void add(Symbol symbol) {
    if (symbol.oid != oid_) finish_oid();
    oid_ = symbol.oid;
    const Predicate& predicate = predicates_.of(symbol);
    double score = predicate.score(context_, symbol.info, predicates_.named(), versions_);
    if (score > 0 && (!best_ || score > best_->score)) {
      best_ = Candidate{std::move(symbol), score, std::nullopt};
    }
  }

  std::vector<Candidate> take() {
    finish_oid();
    return std::move(found_);
  }

 private:
  void finish_oid() {
    if (best_) found_.push_back(std::move(*best_));
    best_.reset();
  }

  PredicatesOfRegistry predicates_;
  const Versions versions_;
  const Context& context_;
  std::string oid_;
  std::optional<Candidate> best_;
  std::vector<Candidate> found_;
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

void Cache::each_line_where(std::string_view registry, const Predicate& where,
                            const std::function<bool(std::string_view line)>& visit) const {
  LineCondition condition(*file_, where, predicates(where.calls()));
  each_line(registry, [&](std::string_view line) { return !condition.holds(line) || visit(line); });
}

Selection Cache::score(std::string_view registry, std::string_view oid, const Context& context,
                       Explain explain) const {
  std::vector<Symbol> symbols = require_implementations(registry, oid);
  return score_all(require_registry(registry), std::move(symbols), context, explain);
}

Selection Cache::score(const RegistryInfo& registry, std::string_view oid, const Context& context,
                       Explain explain) const {
  return score_all(registry, require_implementations(registry.name, oid), context, explain);
}

Selection Cache::score_all(const RegistryInfo& registry, std::vector<Symbol> symbols,
                           const Context& context, Explain explain) const {
  std::string oid = symbols.front().oid;
  Definitions named(*file_);
  for (const Symbol& symbol : symbols) {
    const auto& text = symbol.select ? symbol.select : registry.select;
    if (text) named.require(parse_predicate(*file_, *text));
  }
  return choose(registry.name, std::move(oid), std::move(symbols), registry.select,
                facts_in(*file_, registry, base_context(), context), named.set(), explain,
                versions_of(registry));
}

Selection Cache::select(std::string_view registry, std::string_view oid,
                        const Context& context) const {
  Selection selection = score(registry, oid, context);
  if (!selection.winner()) throw NoSelectableObject(std::move(selection));
  return selection;
}

std::optional<Candidate> Cache::select_or_none(std::string_view registry, std::string_view oid,
                                               const Context& context) const {
  std::vector<Symbol> symbols = implementations(registry, oid);
  if (symbols.empty()) {
    require_registry(registry);
    return std::nullopt;
  }
  Selection selection =
      score_all(require_registry(registry), std::move(symbols), context, Explain::No);
  if (!selection.winner()) return std::nullopt;
  return std::move(selection.candidates.front());
}

std::vector<Candidate> Cache::possible_objects(std::string_view registry,
                                               const Context& context) const {
  const RegistryInfo info = require_registry(registry);
  const Context facts = facts_in(*file_, info, base_context(), context);
  BestOfEach best(*file_, info, facts);
  each_line(registry, [&](std::string_view line) {
    best.add(parse_line(line));
    return true;
  });
  return best.take();
}

Dispatcher Cache::dispatcher(std::string_view registry) const {
  const RegistryInfo info = require_registry(registry);
  PredicatesOfRegistry predicates(*file_, info.select);
  std::vector<Implementation> implementations;
  each_line(registry, [&](std::string_view line) {
    Implementation& one = implementations.emplace_back();
    one.symbol = parse_line(line);
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
  if (symbols.size() == 1) return std::move(symbols.front());
  throw SelectAmbiguity('"' + std::string(oid) + "\" in registry \"" + std::string(registry) +
                            "\" has " + std::to_string(symbols.size()) + " implementations",
                        targets_of(symbols));
}

}  // namespace reg
