// Any predicates as the implementations of one oid (reasoning_input.h says how bytes are read):
// whatever is claimed of them holds for every context that is tried, witnesses and changes are what
// they are said to be, and all of it ends.

#include "reasoning_input.h"

#include <text/hash.h>
#include <cstdio>
#include <cstdlib>
#include <optional>

namespace {

using reg::Contest;
using reg::Context;
using reg::Json;
using reg::Predicate;
using reg::Verdict;
using reg::fuzz::Path;

constexpr std::size_t most_predicates = 3;
constexpr std::size_t random_contexts = 24;
constexpr reg::ReasoningLimits limits{256, 20'000};

// Scores, by evaluation alone.
class Referee {
 public:
  Referee(const Contest& contest, const std::vector<Predicate>& predicates)
      : contest_(contest), predicates_(predicates), versions_(reg::versions_of(contest.registry)) {}

  // nullopt: a caller may not give that.
  std::optional<Context> whole(const Context& given) const try {
    Context facts = contest_.base;
    reg::merge_context(facts, given);
    return facts_for(contest_.registry, std::move(facts));
  } catch (const reg::InputError&) {
    return std::nullopt;
  }
  // By symbol.
  std::vector<double> scores(const Context& whole) const {
    std::vector<double> scores;
    for (std::size_t i = 0; i < predicates_.size(); ++i)
      scores.push_back(score(predicates_[i], whole, contest_.symbols[i].info));
    return scores;
  }
  double score(const Predicate& predicate, const Context& whole, const Json& info) const {
    return predicate.score(whole, info, contest_.named, versions_);
  }
  std::optional<std::size_t> winner(const Context& whole) const {
    const std::vector<double> all = scores(whole);
    std::optional<std::size_t> best;
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (all[i] > 0 && (!best || all[i] > all[*best])) best = i;
    }
    return best;
  }
  std::optional<std::string> target(const Context& whole) const {
    const auto index = winner(whole);
    return index ? std::optional(contest_.symbols[*index].target) : std::nullopt;
  }

 private:
  const Contest& contest_;
  const std::vector<Predicate>& predicates_;
  const reg::Versions versions_;
};

struct Input {
  Contest contest;
  std::vector<Predicate> predicates;  // of its symbols
  std::string_view contexts;
};

[[noreturn]] void fail(const char* what, const Contest& contest, const Context& context) {
  std::fprintf(stderr, "%s\n  base %s\n", what, reg::to_text(contest.base).c_str());
  for (const reg::Fact& fact : contest.registry.context)
    std::fprintf(stderr, "  fact %s: %s %s\n", fact.path.c_str(), to_string(fact.type),
                 Json(fact.values).dump().c_str());
  for (const reg::Symbol& symbol : contest.symbols)
    std::fprintf(stderr, "  %s %s: %s\n", symbol.target.c_str(), reg::to_text(symbol.info).c_str(),
                 symbol.select.value_or("(unconditional)").c_str());
  std::fprintf(stderr, "  context %s\n", reg::to_text(context).c_str());
  std::abort();
}

// One contest with the contexts that it is tried with, and checks of what is said of it.
class Trial {
 public:
  Trial(const Contest& contest, const std::vector<Predicate>& predicates,
        const reg::fuzz::Contexts& contexts)
      : contest_(contest),
        predicates_(predicates),
        referee_(contest, predicates),
        contexts_(contexts),
        reasoner_(contest, limits) {}

  void check() const;

 private:
  void require(bool holds, const char* what, const Context& context) const {
    if (!holds) fail(what, contest_, context);
  }
  void check_claims(std::size_t symbol) const;
  void check_beaten(const reg::Winning& winning, const std::vector<double>& scores,
                    std::size_t symbol, const Context& whole) const;
  void check_ties() const;
  void check_why(std::size_t symbol, const Context& given) const;
  void check_change(const reg::ContextChange& change, std::size_t symbol,
                    const Context& whole) const;
  void check_conditions(const reg::ContextChange& change, std::size_t symbol,
                        const Context& whole) const;
  bool meets(const reg::ContextChange& change, const Context& whole) const;
  bool facts_overlap() const;
  std::size_t differences(const Context& a, const Context& b) const;

  const Contest& contest_;
  const std::vector<Predicate>& predicates_;
  const Referee referee_;
  const reg::fuzz::Contexts& contexts_;
  const reg::Reasoner reasoner_;
};

const Json* find(const Context& whole, const Path& path) {
  const Json* at = &whole;
  for (const std::string& key : path) {
    const auto found = at->is_object() ? at->find(key) : at->end();
    if (!at->is_object() || found == at->end()) return nullptr;
    at = &*found;
  }
  return at;
}

bool are_same(const Json* a, const Json* b) {
  return a == nullptr || b == nullptr ? a == b : *a == *b;
}

void Trial::check_beaten(const reg::Winning& winning, const std::vector<double>& scores,
                         std::size_t symbol, const Context& whole) const {
  const bool beaten = std::ranges::any_of(winning.beaten_by, [&](std::size_t by) {
    return scores[by] > scores[symbol] || (scores[by] == scores[symbol] && by < symbol);
  });
  const bool beaten_by_more = std::ranges::any_of(
      winning.beaten_by, [&](std::size_t by) { return scores[by] > scores[symbol]; });
  if (!(scores[symbol] > 0)) return;
  require(beaten, "not beaten", whole);
  require(winning.by_order || beaten_by_more, "beaten by order", whole);
}

void Trial::check_claims(std::size_t symbol) const {
  const reg::Applying applying = reasoner_.applying(symbol);
  const reg::Winning winning = reasoner_.winning(symbol);
  if (applying.witness) {
    const auto whole = referee_.whole(*applying.witness);
    require(whole && referee_.scores(*whole)[symbol] > 0, "does not apply", *applying.witness);
  }
  if (winning.witness) {
    const auto whole = referee_.whole(*winning.witness);
    require(whole && referee_.winner(*whole) == symbol, "does not win", *winning.witness);
  }
  for (const Context& given : contexts_.all()) {
    const auto whole = referee_.whole(given);
    if (!whole) continue;
    const std::vector<double> scores = referee_.scores(*whole);
    const bool applies = scores[symbol] > 0, wins = referee_.winner(*whole) == symbol;
    require(!applies || applying.verdict != Verdict::Never, "never applies", given);
    require(applies || applying.verdict != Verdict::Always, "always applies", given);
    require(!wins || winning.verdict != Verdict::Never, "never wins", given);
    require(wins || !applies || winning.verdict != Verdict::Always, "always wins", given);
    if (winning.verdict == Verdict::Never) check_beaten(winning, scores, symbol, given);
  }
}

void Trial::check_ties() const {
  for (const reg::AlwaysTied& group : reasoner_.always_tied()) {
    const auto witness = referee_.whole(group.witness);
    require(witness && referee_.scores(*witness)[group.symbols[0]] > 0, "tie", group.witness);
    for (const Context& given : contexts_.all()) {
      const auto whole = referee_.whole(given);
      if (!whole) continue;
      const std::vector<double> scores = referee_.scores(*whole);
      for (const std::size_t each : group.symbols)
        require(scores[each] == scores[group.symbols[0]], "always tied", given);
    }
  }
}

// Whether one fact that is read lies in another.
bool Trial::facts_overlap() const {
  const std::vector<Path>& facts = contexts_.facts();
  return std::ranges::any_of(facts, [&](const Path& outer) {
    return std::ranges::any_of(facts, [&](const Path& inner) {
      return inner.size() > outer.size() && std::equal(outer.begin(), outer.end(), inner.begin());
    });
  });
}

std::size_t Trial::differences(const Context& a, const Context& b) const {
  return static_cast<std::size_t>(std::ranges::count_if(contexts_.facts(), [&](const Path& fact) {
    return !are_same(find(a, fact), find(b, fact));
  }));
}

bool Trial::meets(const reg::ContextChange& change, const Context& whole) const {
  return std::ranges::all_of(change.facts, [&](const reg::FactCondition& fact) {
    return !fact.condition.empty() &&
           referee_.score(Predicate::parse(fact.condition), whole, Json::object()) > 0;
  });
}

// A number that equals another may have another text, and so be another version.
bool is_same_number_of_other_text(const Json* value, const std::optional<Json>& example) {
  return value != nullptr && example && *value == *example &&
         reg::version_text(*value) != reg::version_text(*example);
}

// Whatever meets the conditions makes it win.
void Trial::check_conditions(const reg::ContextChange& change, std::size_t symbol,
                             const Context& whole) const {
  for (const Context& other : contexts_.all()) {
    const auto source = referee_.whole(other);
    if (!source) continue;
    Context changed = whole;
    bool has_other_texts = false;
    for (const reg::FactCondition& fact : change.facts) {
      const Path path = reg::parse_path(fact.fact);
      const Json* value = find(*source, path);
      reg::take_away(changed, path);
      if (value != nullptr) reg::fuzz::put(changed, path, *value);
      has_other_texts = has_other_texts || is_same_number_of_other_text(value, fact.example);
    }
    if (has_other_texts || !meets(change, changed)) continue;
    if (referee_.winner(changed) == symbol) continue;
    for (const reg::FactCondition& fact : change.facts)
      std::fprintf(stderr, "condition %s\n", fact.condition.c_str());
    fail("meets the conditions", contest_, changed);
  }
}

void Trial::check_change(const reg::ContextChange& change, std::size_t symbol,
                         const Context& whole) const {
  require(referee_.winner(change.example) == symbol, "example of a change", change.example);
  for (const reg::FactCondition& fact : change.facts) {
    if (fact.condition.empty()) continue;
    const Predicate condition = Predicate::parse(fact.condition);
    if (referee_.score(condition, change.example, Json::object()) > 0) continue;
    std::fprintf(stderr, "condition %s\n", fact.condition.c_str());
    fail("example of a condition", contest_, change.example);
  }
  if (facts_overlap()) return;
  require(differences(whole, change.example) <= change.facts.size(), "other facts changed",
          change.example);
  check_conditions(change, symbol, whole);
}

void Trial::check_why(std::size_t symbol, const Context& given) const {
  const auto whole = referee_.whole(given);
  if (!whole) return;
  const reg::WhyNot why = reasoner_.why(symbol, given);
  require(why.wins == (referee_.winner(*whole) == symbol), "wins", given);
  for (const reg::ContextChange& change : why.changes) check_change(change, symbol, *whole);
  if (why.wins || !why.complete || facts_overlap()) return;
  for (const Context& other : contexts_.all()) {
    const auto changed = referee_.whole(other);
    if (!changed || referee_.winner(*changed) != symbol) continue;
    require(!why.changes.empty(), "a change exists", other);
    require(differences(*whole, *changed) >= why.changes.front().facts.size(), "fewer facts",
            other);
  }
}

void Trial::check() const {
  for (std::size_t symbol = 0; symbol < predicates_.size(); ++symbol) {
    check_claims(symbol);
    check_why(symbol, contexts_.all()[symbol % contexts_.all().size()]);
  }
  check_ties();
}

void check_difference(const Contest& before, const std::vector<Predicate>& old,
                      const Contest& after, const std::vector<Predicate>& now,
                      const reg::fuzz::Contexts& contexts) {
  using Kind = reg::SelectionDifference::Kind;
  const Referee first(before, old), second(after, now);
  const reg::SelectionDifference difference = compare_selections(before, after, limits);
  for (const reg::SelectionChange& change : difference.changes) {
    const auto one = first.whole(change.context), other = second.whole(change.context);
    const bool is_real = one && other && first.target(*one) == change.before &&
                         second.target(*other) == change.after && change.before != change.after;
    if (!is_real) fail("no such change", after, change.context);
  }
  if (difference.kind == Kind::Changed && difference.changes.empty())
    fail("nothing changed", after, Context::object());
  if (difference.kind != Kind::Same) return;
  for (const Context& given : contexts.all()) {
    const auto one = first.whole(given), other = second.whole(given);
    if (one && other && first.target(*one) != second.target(*other)) fail("same", after, given);
  }
}

// nullopt: a predicate does not parse, or makes a call that cannot be made.
std::optional<Input> read(std::string_view input) try {
  Input out;
  out.contest.oid = "gemm";
  out.contest.registry =
      reg::fuzz::registry_of(reg::fuzz::json_or(reg::fuzz::take_line(input), Json::object()));
  out.contest.base = reg::fuzz::json_or(reg::fuzz::take_line(input), Json::object());
  if (!out.contest.base.is_object()) out.contest.base = Context::object();
  const Json infos = reg::fuzz::json_or(reg::fuzz::take_line(input), Json::object());
  while (!input.empty()) {
    const std::string_view line = reg::fuzz::take_line(input);
    if (line == "%") break;
    if (out.predicates.size() == most_predicates) continue;
    reg::Symbol& symbol = out.contest.symbols.emplace_back();
    symbol.registry = "Kernel";
    symbol.target = "t" + std::to_string(out.predicates.size());
    symbol.info = reg::fuzz::info_of(infos, out.predicates.size(), out.contest.registry);
    if (!line.empty()) symbol.select = std::string(line);
    out.predicates.push_back(line.empty() ? reg::yes() : Predicate::parse(line));
  }
  out.contexts = input;
  out.contest.named = reg::fuzz::named_for(out.predicates);
  if (out.predicates.empty() || !out.contest.named.problems().empty()) return std::nullopt;
  for (const Predicate& predicate : out.predicates) {
    for (const reg::PredicateCall& call : predicate.calls()) {
      if (out.contest.named.problem(call)) return std::nullopt;
    }
  }
  return out;
} catch (const reg::PredicateError&) {
  return std::nullopt;
}

}  // namespace

// What comes after: without the base context, and the last predicate in the first one's place.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const std::optional<Input> input = read(bytes);
  if (!input) return 0;
  reg::fuzz::Contexts contexts(input->contest, input->predicates);
  contexts.add_given(input->contexts);
  contexts.add_random(random_contexts, reg::hash_of(bytes));
  Trial(input->contest, input->predicates, contexts).check();
  Contest after = input->contest;
  std::vector<Predicate> now = input->predicates;
  after.base = Context::object();
  after.symbols.front().select = after.symbols.back().select;
  now.front() = now.back();
  check_difference(input->contest, input->predicates, after, now, contexts);
  return 0;
}
