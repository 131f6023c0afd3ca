#include <reg/expectations.h>
#include <reg/facts.h>
#include <reg/query.h>
#include <reg/text.h>
#include <registration/declared_facts.h>
#include <registration/known_facts.h>
#include <registration/near_facts.h>
#include <text/diagnostic.h>
#include <text/some_of.h>
#include <algorithm>
#include <map>
#include <set>
#include <span>

namespace reg {
namespace {

bool is_met(const std::vector<std::string>& expected, const std::vector<std::string>& got) {
  if (expected.size() < 2)
    return expected.empty() ? got.empty() : !got.empty() && got.front() == expected.front();
  return std::set(expected.begin(), expected.end()) == std::set(got.begin(), got.end());
}

// What would be without the pin of the winner; empty where that would change nothing.
std::string without_pin(const Selection& selection) {
  const Candidate* const winner = selection.winner();
  if (winner == nullptr || !winner->pinned) return {};
  if (const Candidate* displaced = selection.displaced())
    return "without the pin, " + displaced->symbol.target + " would win";
  const Candidate* other = selection.tied_without_pin();
  return other != nullptr ? "without the pin, it would tie with " + other->symbol.target : "";
}

class Check {
 public:
  Check(const Cache& cache, const Expectation& expectation) : cache_(cache), result_{expectation} {}

  ExpectationResult run() {
    try {
      if (const std::optional<RegistryInfo> registry = find_registry()) ask(*registry);
    } catch (const StorageError&) {
      throw;
    } catch (const InputError& error) {
      invalid(error);
    } catch (const RegistryError& error) {
      fail(own().oid_place, name() + error.what(), error.hint());
    }
    return std::move(result_);
  }

 private:
  Expectation& own() { return result_.expectation; }
  // What messages begin with, where they do not name it themselves.
  std::string name() {
    return own().registry.empty() ? std::string() : own().registry + '/' + own().oid + ": ";
  }

  std::optional<RegistryInfo> find_registry() {
    if (!own().registry.empty()) return cache_.require_registry(own().registry);
    const std::vector<std::string> registries = cache_.registries_of(own().oid);
    if (registries.size() > 1) {
      add(error_at(own().oid_place,
                   in_quotes(own().oid) + " is in several registries: " + joined(registries),
                   "say which one is meant: `registry = " + in_quotes(registries.front()) + '`'));
      return std::nullopt;
    }
    own().registry = only_registry_of(cache_, own().oid);
    return cache_.require_registry(own().registry);
  }

  void ask(const RegistryInfo& registry) {
    if (!check_facts(registry)) return;
    const Selection selection = cache_.score(registry, own().oid, own().context);
    result_.got = selection.best_targets();
    if (is_met(own().targets, *result_.got)) {
      result_.status = ExpectationStatus::Met;
      if (own().targets.size() == 1) warn_of_tie(selection);
      return;
    }
    result_.selection = cache_.score(registry, own().oid, own().context, Explain::Yes);
    fail(own().outcome, name() + "expected " + print_outcome(own().targets) + ", got " + got(),
         hint_for_failure());
  }

  std::string got() const {
    const std::vector<std::string>& targets = *result_.got;
    if (is_decided_by_pin(*result_.selection)) return targets.front() + ", which is pinned";
    if (targets.size() < 2 || result_.expectation.targets.size() != 1)
      return print_outcome(targets);
    return targets.front() + ", the first registered of " + print_outcome(targets);
  }

  std::string hint_for_failure() const {
    const std::string without = without_pin(*result_.selection);
    if (without.empty()) return hint_for_unknown();
    return "pinned: " + *result_.selection->winner()->pinned + "; " + without;
  }

  // Where a target that is expected is none of the oid's.
  std::string hint_for_unknown() const {
    std::vector<std::string> known;
    for (const Candidate& each : result_.selection->candidates) known.push_back(each.symbol.target);
    for (const std::string& target : result_.expectation.targets) {
      if (std::find(known.begin(), known.end(), target) != known.end()) continue;
      const std::string near = did_you_mean(target, known);
      return target + " is no implementation of it" + (near.empty() ? "" : "; " + near);
    }
    return {};
  }

  void warn_of_tie(const Selection& selection) {
    if (const std::optional<Tie> tie = selection.tie())
      add(warning_at(own().outcome, tie->message() + "; the first is taken",
                     "`tie = […]` expects exactly these"));
  }

  bool check_facts(const RegistryInfo& registry) {
    const KnownFacts known(registry);
    std::set<std::string> told;
    for (WrongFact& problem : DeclaredFacts(registry).problems({own().context})) {
      add(error_at(place_of_fact(problem.path), name() + problem.message, std::move(problem.hint)));
      told.insert(std::move(problem.path));
    }
    for (const std::string& path : misspelled_facts(registry, own().context)) {
      const std::string written = print_path(std::span(&path, 1));
      told.insert(written);
      add(error_at(place_of_fact(written),
                   name() + "the name " + in_quotes(path) + " is not the fact " + path,
                   "a name in quotes is one name: nest it, as in `ctx." + path + " = …`"));
    }
    for (NearFact& near : slips(known)) {
      const std::string path = print_path(near.names);
      if (!told.insert(path).second) continue;
      Diagnostic found =
          warning_at(place_of_fact(path), name() + "the registry knows no fact " + in_quotes(path),
                     std::move(near.hint));
      if (known.are_declared()) found.severity = Severity::Error;
      add(std::move(found));
    }
    warn_of_undeclared(known, told);
    return std::none_of(result_.diagnostics.begin(), result_.diagnostics.end(),
                        [](const Diagnostic& each) { return each.severity == Severity::Error; });
  }

  // A context may be that of a whole machine, and have facts that are for other registries.
  void warn_of_undeclared(const KnownFacts& known, const std::set<std::string>& told) {
    if (!known.are_declared()) return;
    std::vector<std::string> undeclared;
    for (const auto& [name, value] : own().context.items()) {
      for (std::string& path : known.unknown({name}, value)) {
        if (!told.contains(path)) undeclared.push_back(std::move(path));
      }
    }
    if (undeclared.empty()) return;
    const char* const facts = undeclared.size() == 1 ? "the fact " : "the facts ";
    add(warning_at(place_of_fact(undeclared.front()),
                   name() + "the registry does not declare " + facts + some_of(undeclared) +
                       ", so that nothing depends on " + (undeclared.size() == 1 ? "it" : "them"),
                   known.hint(undeclared.front())));
  }

  // What is named almost like one of this registry is a slip.
  std::vector<NearFact> slips(const KnownFacts& known) {
    std::set<PathNames> paths;
    for (const std::string& path : known.paths()) paths.insert(parse_path(path));
    return near_facts(own().context, paths, paths);
  }

  Place place_of_fact(const std::string& path) {
    const std::vector<FactPlace>& facts = own().facts;
    const auto found = std::find_if(facts.begin(), facts.end(),
                                    [&](const FactPlace& fact) { return fact.path == path; });
    return found == facts.end() ? own().source : found->place;
  }

  void add(Diagnostic diagnostic) { result_.diagnostics.push_back(std::move(diagnostic)); }

  void fail(const Place& place, const std::string& message, const std::string& hint) {
    result_.status = ExpectationStatus::Failed;
    add(error_at(place, message, hint));
  }

  // A fact of the base context, or what a symbol says.
  void invalid(const InputError& error) {
    result_.status = ExpectationStatus::Invalid;
    if (error.diagnostics().empty())
      return add(error_at(own().source, name() + error.what(), error.hint()));
    for (const Diagnostic& each : error.diagnostics())
      add(error_at(own().source, name() + each.message, each.hint));
  }

  const Cache& cache_;
  ExpectationResult result_;
};

}  // namespace

const char* to_string(ExpectationStatus status) {
  switch (status) {
    case ExpectationStatus::Met:
      return "met";
    case ExpectationStatus::Failed:
      return "failed";
    case ExpectationStatus::Invalid:
      return "invalid";
  }
  return "";
}

ExpectationResult check_expectation(const Cache& cache, const Expectation& expectation) {
  return Check(cache, expectation).run();
}

bool is_decided_by_pin(const Selection& selection) { return !without_pin(selection).empty(); }

std::vector<Diagnostic> repeated_expectations(const std::vector<ExpectationResult>& results) {
  std::map<std::string, Place> first;
  std::vector<Diagnostic> found;
  for (const ExpectationResult& result : results) {
    const Expectation& asked = result.expectation;
    const std::string name = asked.registry + '/' + asked.oid;
    const auto [at, is_new] = first.emplace(name + ' ' + to_text(asked.context), asked.source);
    if (!is_new)
      found.push_back(warning_at(asked.source, name + ": " + at->second.to_string() +
                                                   " asks for the same context already"));
  }
  return found;
}

}  // namespace reg
